//! Pages of lists: limits, and markers that name the last item given.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::error::Error;

/// One page and the marker of the next.
#[derive(Debug)]
pub(crate) struct Page<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// Present when there are more items.
    pub(crate) next: Option<String>,
}

impl<T> Page<T> {
    /// The page without the items' sort keys.
    pub(crate) fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }

    /// Whether there are more items.
    pub(crate) const fn truncated(&self) -> bool {
        self.next.is_some()
    }
}

/// What a request asks of a list.
#[derive(Clone, Debug)]
pub(crate) struct Pager {
    list: &'static str,
    limit: usize,
    after: Option<String>,
}

impl Pager {
    /// Reads the limit and the marker of a request for `list`.
    ///
    /// `usual` is the limit of a request that sends none, `most` the greatest that has an effect.
    pub(crate) fn new(
        list: &'static str,
        limit: Option<i64>,
        marker: Option<&str>,
        usual: usize,
        most: usize,
    ) -> Result<Self, Error> {
        let limit = limit.and_then(|limit| usize::try_from(limit).ok()).map_or(usual, |limit| limit.min(most));
        let after = marker.map(|marker| decode(list, marker).ok_or_else(Error::marker)).transpose()?;
        Ok(Self { list, limit, after })
    }

    /// The name of the last item of the page before; the list goes on behind it.
    pub(crate) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Takes one page from the items behind [`Self::after`].
    pub(crate) fn page<T>(&self, items: impl Iterator<Item = T>, name: impl Fn(&T) -> String) -> Page<T> {
        let mut items = items.fuse();
        let page: Vec<T> = items.by_ref().take(self.limit).collect();
        let more = items.next().is_some();
        let next = page.last().filter(|_| more).map(|last| encode(self.list, &name(last)));
        Page { items: page, next }
    }
}

fn encode(list: &str, name: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{list}\n{name}"))
}

fn decode(list: &str, marker: &str) -> Option<String> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(marker).ok()?).ok()?;
    let (of, name) = text.split_once('\n')?;
    (of == list).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(limit: i64, marker: Option<&str>) -> Page<u32> {
        let pager = Pager::new("numbers", Some(limit), marker, 10, 10).expect("a marker of ours");
        let start = pager.after().map_or(0, |last| last.parse::<u32>().expect("a number") + 1);
        pager.page(start..5, ToString::to_string)
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        let first = page(2, None);
        let second = page(2, first.next.as_deref());
        let third = page(2, second.next.as_deref());
        assert_eq!([first.items, second.items, third.items].concat(), [0, 1, 2, 3, 4]);
        assert_eq!(third.next, None);
    }

    #[test]
    fn a_full_last_page_is_not_truncated() {
        assert!(!page(5, None).truncated());
    }

    #[test]
    fn markers_of_other_lists_are_refused() {
        let marker = encode("letters", "a");
        for marker in [marker.as_str(), "", "\u{20ac}", "AAAA"] {
            assert!(Pager::new("numbers", None, Some(marker), 10, 10).is_err(), "{marker:?}");
        }
    }
}
