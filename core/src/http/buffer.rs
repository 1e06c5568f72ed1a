//! Bytes that grow, counted and wiped.

use crate::wire;

/// Bytes that may hold secrets: nothing of them stays behind, neither when they grow nor when they go.
#[derive(Default)]
pub(super) struct Buffer(Vec<u8>);

impl Buffer {
    /// Copies `bytes` to the end. Gives how many bytes were copied, with those that had to move.
    pub(super) fn append(&mut self, bytes: &[u8]) -> usize {
        let wanted = self.0.len() + bytes.len();
        let moved = if wanted > self.0.capacity() {
            // A vector that grows by itself leaves its old bytes in freed memory.
            let mut larger = Vec::with_capacity(wanted.max(2 * self.0.capacity()));
            larger.extend_from_slice(&self.0);
            wire::wipe(std::mem::replace(&mut self.0, larger));
            self.0.len()
        } else {
            0
        };
        self.0.extend_from_slice(bytes);
        moved + bytes.len()
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The bytes. Whoever takes them wipes them.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        wire::wipe(std::mem::take(&mut self.0));
    }
}
