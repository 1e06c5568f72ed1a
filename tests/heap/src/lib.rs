//! An allocator for tests: it counts allocations and the bytes that are kept, and searches every block that is freed for bytes that should have been
//! wiped. A test crate installs it with `#[global_allocator]`.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::{Cell, RefCell},
    slice,
};

/// The system's allocator, watched. Each thread sees only what it does itself, so that tests may run side by side.
pub struct Watched;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
    static KEPT: Cell<isize> = const { Cell::new(0) };
    static SEARCH: RefCell<Option<Search>> = const { RefCell::new(None) };
}

/// What freed blocks are searched for, and in how many of them it stood.
struct Search {
    needles: Vec<Vec<u8>>,
    found: usize,
}

impl Search {
    fn look_at(&mut self, block: &[u8]) {
        let stands = |needle: &Vec<u8>| block.windows(needle.len()).any(|window| window == needle);
        self.found += usize::from(self.needles.iter().any(stands));
    }
}

/// How many blocks `work` allocates. A block that grows is a new one.
pub fn allocations<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let before = ALLOCATIONS.get();
    let done = work();
    (ALLOCATIONS.get() - before, done)
}

/// How many bytes `work` allocates and does not free: what it keeps, and what it frees of others is subtracted.
pub fn kept<T>(work: impl FnOnce() -> T) -> (isize, T) {
    let before = KEPT.get();
    let done = work();
    (KEPT.get() - before, done)
}

/// In how many of the blocks that `work` frees one of the needles stands.
///
/// # Panics
/// When a needle is empty, or one search runs inside of another.
pub fn leftovers(needles: &[&[u8]], work: impl FnOnce()) -> usize {
    assert!(needles.iter().all(|needle| !needle.is_empty()), "every block holds an empty needle");
    let needles = needles.iter().map(|needle| needle.to_vec()).collect();
    let before = SEARCH.replace(Some(Search { needles, found: 0 }));
    assert!(before.is_none(), "one search at a time");
    work();
    SEARCH.take().map_or(0, |search| search.found)
}

#[expect(unsafe_code, reason = "the trait of allocators is unsafe, and so is looking at a block that is being freed")]
// SAFETY: every block comes from the system's allocator and goes back to it with the layout that it came with.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        let _ = KEPT.try_with(|kept| kept.set(kept.get() + layout.size().cast_signed()));
        // Zeroed, so that every byte of a block may be read when it is freed, and none is left from the block before.
        // SAFETY: the caller vouches for the layout.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let _ = KEPT.try_with(|kept| kept.set(kept.get() - layout.size().cast_signed()));
        // The search itself allocates and frees: it is not searched.
        let _ = SEARCH.try_with(|search| {
            if let Ok(mut search) = search.try_borrow_mut()
                && let Some(search) = &mut *search
            {
                // SAFETY: the block is as long as its layout says, and nobody else has it any more.
                search.look_at(unsafe { slice::from_raw_parts(block, layout.size()) });
            }
        });
        // SAFETY: the block came from `alloc`, that is from the system's allocator, with this layout.
        unsafe { System.dealloc(block, layout) }
    }

    // `realloc` stays the trait's own: a new block, a copy, and the old block freed here, where it is searched.
}

#[cfg(test)]
mod tests {
    use super::{Watched, allocations, kept, leftovers};

    #[global_allocator]
    static HEAP: Watched = Watched;

    #[test]
    fn blocks_are_counted_and_those_that_grow_are_counted_again() {
        let (count, mut bytes) = allocations(|| Vec::<u8>::with_capacity(8));
        assert_eq!(count, 1);
        assert_eq!(allocations(|| bytes.extend([1; 100])).0, 1);
    }

    #[test]
    fn what_is_kept_is_counted_in_bytes_and_what_is_freed_is_not() {
        let (bytes, list) = kept(|| {
            drop(Vec::<u8>::with_capacity(1000));
            Vec::<u8>::with_capacity(24)
        });
        assert_eq!((bytes, kept(|| drop(list)).0), (24, -24));
    }

    #[test]
    fn what_is_freed_unwiped_is_found_and_what_is_wiped_is_not() {
        let plain = b"a marker in a block".to_vec();
        assert_eq!(leftovers(&[b"marker"], || drop(plain)), 1);
        let mut wiped = b"a marker in a block".to_vec();
        assert_eq!(
            leftovers(&[b"marker"], || {
                wiped.fill(0);
                std::hint::black_box(&wiped);
                drop(wiped);
            }),
            0
        );
        let mut grown = b"a marker in a block".to_vec();
        assert_eq!(
            leftovers(&[b"marker"], || {
                grown.reserve(1000);
                grown.fill(0);
                std::hint::black_box(&grown);
                drop(grown);
            }),
            1
        );
    }
}
