//! Where a world's randomness comes from: a chain of seeds, each of which gives the entropy of one call and the next seed.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::crypto::random::Random;

/// 32 bytes from which everything random follows.
pub(super) type Seed = Zeroizing<[u8; 32]>;

/// The newest link of the chain. From it follows what is still to be drawn, and nothing of what has been: that the
/// chain is kept gives no key away that has been destroyed.
pub(super) struct Entropy(Seed);

impl Entropy {
    /// The chain that begins with a seed.
    pub(super) const fn new(seed: Seed) -> Self {
        Self(seed)
    }

    /// The entropy of one call.
    pub(super) fn next(&mut self) -> Seed {
        let mut link = Random::from_entropy(&self.0);
        self.0 = Zeroizing::new(link.array());
        Zeroizing::new(link.array())
    }

    /// A seed that follows from what the chain has come to. The chain stays where it is: to look at a world moves
    /// nothing in it.
    pub(super) fn derived(&self, label: &str) -> Seed {
        Zeroizing::new(Random::from_entropy(&self.0).stream(label).array())
    }

    /// The newest link itself: the chain that begins with it goes on as this one.
    pub(super) const fn link(&self) -> &Seed {
        &self.0
    }
}

/// A seed from which neither of the two can be found.
pub(super) fn mixed(one: &Seed, other: &Seed) -> Seed {
    Zeroizing::new(Sha256::new().chain_update(**one).chain_update(**other).finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_goes_on_from_its_newest_link() {
        let mut chain = Entropy::new(Zeroizing::new([7; 32]));
        let first = chain.next();
        let mut again = Entropy::new(chain.link().clone());
        assert_eq!(*chain.next(), *again.next());
        assert_ne!(*first, *chain.next());
    }

    #[test]
    fn what_is_derived_moves_nothing() {
        let mut chain = Entropy::new(Zeroizing::new([7; 32]));
        let mut other = Entropy::new(Zeroizing::new([7; 32]));
        assert_ne!(*chain.derived("fork"), *chain.derived("snapshot"));
        let one = chain.derived("fork");
        assert_eq!(*chain.next(), *other.next());
        assert_ne!(*one, *chain.derived("fork"));
    }
}
