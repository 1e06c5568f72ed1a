//! Tags of keys.

use std::collections::HashSet;

use super::{Execution, pages::Pager};
use crate::{call::Stop, error::Error, shapes::*, wire::shape};

shape! {
    pub(super) struct ListResourceTagsRequest {
        KeyId key_id: Required KeyIdType,
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
    }

    pub(super) struct ListResourceTagsResponse {
        Tags tags: Always TagList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Always BooleanType,
    }

    pub(super) struct TagResourceRequest {
        KeyId key_id: Required KeyIdType,
        Tags tags: Required TagList,
    }

    pub(super) struct UntagResourceRequest {
        KeyId key_id: Required KeyIdType,
        TagKeys tag_keys: Required TagKeyList,
    }
}

/// User-created tags per key (P1-239).
const TAGS_PER_KEY: usize = 50;

/// Adds tags, or gives new values to tags that the key has (P1-247).
pub(super) fn tag_resource(request: TagResourceRequest, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let subject = execution.subject()?;
    let present = &subject.row()?.own().tags;
    let tags = merged(present, request.tags)?;
    if tags == *present {
        return Ok(());
    }
    execution.edit(|key| key.tags = tags)
}

/// Removes tags; keys that are not there are no error (P1-249).
pub(super) fn untag_resource(request: UntagResourceRequest, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let removed: HashSet<String> = request.tag_keys.into_iter().collect();
    if !execution.subject()?.row()?.own().tags.iter().any(|(name, _)| removed.contains(name)) {
        return Ok(());
    }
    execution.edit(|key| key.tags.retain(|(name, _)| !removed.contains(name)))
}

/// Lists the tags of a key in the order in which they were first given.
pub(super) fn list_resource_tags(
    request: ListResourceTagsRequest,
    execution: &mut Execution<'_>,
) -> Result<ListResourceTagsResponse, Stop> {
    let pager = Pager::new("ListResourceTags", request.limit, request.marker.as_deref(), 50, 50)?;
    let subject = execution.subject()?;
    let tags = &subject.row()?.own().tags;
    let start = pager.after().map(|last| behind(tags, last)).transpose()?.unwrap_or(0);
    let rest = tags.iter().enumerate().skip(start);
    let page = pager.page(rest, |(place, (name, _))| format!("{place} {name}"));
    let truncated = page.truncated();
    let page = page.map(|(_, (key, value))| Tag { tag_key: key.clone(), tag_value: value.clone() });
    Ok(ListResourceTagsResponse { tags: page.items, next_marker: page.next, truncated })
}

/// The place behind the last tag of a page, which the marker names with the place it had. Where that tag is gone, the
/// tags behind it have moved up into its place.
fn behind(tags: &[(String, String)], last: &str) -> Result<usize, Error> {
    let (place, key) = last.split_once(' ').ok_or_else(Error::marker)?;
    let place: usize = place.parse().map_err(|_| Error::marker())?;
    Ok(tags.iter().position(|(name, _)| name == key).map_or(place, |found| found + 1))
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

/// Letters and numbers of every script, spaces, and eight signs (OBS-1).
///
/// The vowel signs of Indic scripts count as letters (decision); circled and squared letters are symbols.
fn is_tag_character(character: char) -> bool {
    let symbol = matches!(character, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    let space = character.is_whitespace() && !character.is_control();
    character.is_alphanumeric() && !symbol || space || "_.:/=+-@".contains(character)
}
