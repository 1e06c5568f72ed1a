//! A bounded log that is read without holding up those who write it.

use std::{collections::VecDeque, sync::Arc};

/// How many entries a chunk holds.
const CHUNK: usize = 256;

/// The newest entries, in chunks that readers share: whoever reads takes references to chunks while the log is locked,
/// a few hundred at most, and copies the entries after it has let the lock go.
#[derive(Clone)]
pub(super) struct Log<T> {
    chunks: VecDeque<Arc<Vec<T>>>,
    /// How many chunks are kept.
    kept: usize,
}

impl<T: Clone> Log<T> {
    /// A log of at least the newest `length` entries.
    pub(super) const fn new(length: usize) -> Self {
        Self { chunks: VecDeque::new(), kept: length.div_ceil(CHUNK) + 1 }
    }

    pub(super) fn push(&mut self, entry: T) {
        if let Some(chunk) = self.chunks.back_mut().filter(|chunk| chunk.len() < CHUNK) {
            Arc::make_mut(chunk).push(entry);
            return;
        }
        let mut chunk = Vec::with_capacity(CHUNK / 16);
        chunk.push(entry);
        self.chunks.push_back(Arc::new(chunk));
        let excess = self.chunks.len().saturating_sub(self.kept);
        self.chunks.drain(..excess);
    }

    /// The oldest entry that is kept.
    pub(super) fn oldest(&self) -> Option<&T> {
        self.chunks.front()?.first()
    }

    /// The chunks from the one on in which the first entry stands for which `reached` holds; it holds for all behind.
    pub(super) fn since(&self, reached: impl Fn(&T) -> bool) -> Vec<Arc<Vec<T>>> {
        let first = self.chunks.partition_point(|chunk| !chunk.last().is_some_and(&reached));
        self.chunks.range(first..).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(log: &Log<usize>, from: usize) -> Vec<usize> {
        let chunks = log.since(|entry| *entry >= from);
        chunks.iter().flat_map(|chunk| chunk.iter().copied()).filter(|entry| *entry >= from).collect()
    }

    #[test]
    fn a_log_keeps_the_newest_entries_in_their_order() {
        let mut log = Log::new(1000);
        assert_eq!((log.oldest(), read(&log, 0)), (None, vec![]));
        for entry in 0..5000 {
            log.push(entry);
        }
        let oldest = *log.oldest().expect("an entry");
        assert!((4000 - 2 * CHUNK..=4000).contains(&oldest), "{oldest}");
        for from in [0, oldest, 4000, 4095, 4096, 4097, 4999, 5000] {
            assert_eq!(read(&log, from), (from.max(oldest)..5000).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_has_been_read_does_not_change() {
        let mut log = Log::new(10);
        log.push(1);
        let seen = log.since(|_| true);
        log.push(2);
        assert_eq!((seen[0].as_slice(), read(&log, 0)), (&[1][..], vec![1, 2]));
    }
}
