//! Tags of keys.

use std::collections::HashSet;

use super::{Execution, pages::Pager};
use crate::{call::Stop, error::Error, shapes::*, wire::shape};

shape! {
    pub struct ListResourceTags -> ListResourceTagsResponse {
        KeyId key_id: Required KeyIdType,
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
    }

    pub struct ListResourceTagsResponse {
        Tags tags: Always TagList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Always BooleanType,
    }

    pub struct TagResource -> () {
        KeyId key_id: Required KeyIdType,
        Tags tags: Required TagList,
    }

    pub struct UntagResource -> () {
        KeyId key_id: Required KeyIdType,
        TagKeys tag_keys: Required TagKeyList,
    }
}

/// User-created tags per key (P1-239).
const TAGS_PER_KEY: usize = 50;

/// Adds tags, or gives new values to tags that the key has (P1-247).
pub(super) fn tag_resource(request: TagResource, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let subject = execution.subject()?;
    let present = &subject.row()?.own().tags;
    let tags = merged(present, request.tags)?;
    if tags == *present {
        return Ok(());
    }
    execution.edit(|key| key.tags = tags)
}

/// Removes tags; a tag key that the KMS key does not have is not an error (P1-249).
pub(super) fn untag_resource(request: UntagResource, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let removed: HashSet<String> = request.tag_keys.into_iter().collect();
    if !execution.subject()?.row()?.own().tags.iter().any(|(name, _)| removed.contains(name)) {
        return Ok(());
    }
    execution.edit(|key| key.tags.retain(|(name, _)| !removed.contains(name)))
}

/// Lists the tags of a key in the order in which they were first given.
pub(super) fn list_resource_tags(
    request: ListResourceTags,
    execution: &mut Execution<'_>,
) -> Result<ListResourceTagsResponse, Stop> {
    let pager = Pager::new("ListResourceTags", request.limit, request.marker.as_deref(), 50, 50)?;
    let subject = execution.subject()?;
    let tags = &subject.row()?.own().tags;
    let shown = pager.after().map(marks).transpose()?.unwrap_or_default();
    let start = tags.iter().take_while(|(name, _)| shown.contains(&mark(name))).count();
    let page = pager.page(tags.iter().enumerate().skip(start), |(last, _)| marker(tags.iter().take(last + 1)));
    let truncated = page.truncated();
    let page = page.map(|(_, (key, value))| Tag { tag_key: key.clone(), tag_value: value.clone() });
    Ok(ListResourceTagsResponse { tags: page.items, next_marker: page.next, truncated })
}

/// What a marker holds of the tags that were shown: their keys in short. New tags come last and tags that are given a new
/// value keep their place, so those of them that the key still has stand before all others, whatever was removed since.
fn marker<'a>(shown: impl Iterator<Item = &'a (String, String)>) -> String {
    shown.map(|(name, _)| mark(name)).collect::<Vec<_>>().join(" ")
}

fn marks(marker: &str) -> Result<HashSet<String>, Error> {
    let is_mark = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let marks = marker.split(' ').map(|text| is_mark(text).then(|| text.to_owned()));
    marks.collect::<Option<_>>().ok_or_else(Error::marker)
}

/// A tag key in 48 bits (FNV-1a), so that the marks of 49 tags fit in a marker of 1,024 characters.
fn mark(key: &str) -> String {
    let hash = key
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{:012x}", hash >> 16)
}

/// The tags of a key after some are given to it.
///
/// # Errors
/// `TagException` for tags that are too many, that have one key, a reserved key, or a character that tags do not have.
pub(super) fn merged(present: &[(String, String)], given: Vec<Tag>) -> Result<Vec<(String, String)>, Error> {
    if given.len() > TAGS_PER_KEY {
        return Err(Error::too_many_tags());
    }
    let mut keys = HashSet::new();
    if !given.iter().all(|tag| keys.insert(tag.tag_key.as_str())) {
        return Err(Error::duplicate_tags());
    }
    given.iter().try_for_each(check)?;
    let mut tags = present.to_vec();
    for Tag { tag_key, tag_value } in given {
        match tags.iter_mut().find(|(name, _)| *name == tag_key) {
            Some((_, value)) => *value = tag_value,
            None => tags.push((tag_key, tag_value)),
        }
    }
    if tags.len() > TAGS_PER_KEY { Err(Error::too_many_tags()) } else { Ok(tags) }
}

fn check(tag: &Tag) -> Result<(), Error> {
    if tag.tag_key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")) {
        return Err(Error::reserved_tag());
    }
    let allowed = tag.tag_key.chars().chain(tag.tag_value.chars()).all(is_tag_character);
    if allowed { Ok(()) } else { Err(Error::invalid_tag()) }
}

/// Letters and numbers of every script, spaces, and eight signs (OBS-1), which IAM writes as `\p{L}\p{Z}\p{N}_.:/=+-@`.
///
/// Ours is that set and one thing more: Rust's `is_alphanumeric` is Unicode's property Alphabetic, which has the dependent
/// vowel signs of Indic scripts besides (`\p{M}`; a decision, for words cannot be written without them), and circled
/// and squared letters, which are symbols and left out. Of the spaces (`\p{Z}`), `is_whitespace` has all; the control
/// characters that it has besides are left out.
fn is_tag_character(character: char) -> bool {
    let symbol = matches!(character, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    let space = character.is_whitespace() && !character.is_control();
    character.is_alphanumeric() && !symbol || space || "_.:/=+-@".contains(character)
}
