//! Collections in the order of what is in them.

/// A set or map of items. Each is put in by itself: the library would sort what it collects first, once more for each type of
/// items in the module of a page.
pub(crate) fn gathered<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut gathered = C::default();
    items.into_iter().for_each(|item| gathered.extend(Some(item)));
    gathered
}
