//! Where a world's randomness comes from: a chain of seeds, each of which gives the entropy of one call and the next seed.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::crypto::random::Random;

/// 32 bytes from which everything random follows.
pub(super) type Seed = Zeroizing<[u8; 32]>;

/// The newest link of the chain, and that of a second one for calls that only look: whoever looks at a world, or asks
/// what a test asks in between, draws nothing of what the first one is still to give. From a link follows what is still to
/// be drawn, and nothing of what has been: that the chains are kept gives no key away that has been destroyed.
pub(super) struct Entropy {
    link: Seed,
    /// How many have been drawn of the first one.
    drawn: u64,
    /// The draw that was the last one: it is an earlier one where somebody has turned back.
    last: u64,
    /// What was passed over, by the numbers of the draws.
    passed_over: Vec<(u64, Seed)>,
    looks: Seed,
}

impl Entropy {
    /// The chains that begin with a seed.
    pub(super) fn new(seed: Seed) -> Self {
        let looks = Zeroizing::new(Random::from_entropy(&seed).stream("looks").array());
        Self::resumed(seed, looks, 0)
    }

    /// The chains that go on from these links.
    pub(super) const fn resumed(link: Seed, looks: Seed, drawn: u64) -> Self {
        Self { link, drawn, last: drawn, passed_over: Vec::new(), looks }
    }

    /// The entropy of one call, and the number of the draw, from 1.
    pub(super) fn numbered(&mut self) -> (Option<u64>, Seed) {
        self.last += 1;
        let passed_over = self.passed_over.iter().position(|(number, _)| *number == self.last);
        if let Some(place) = passed_over {
            return (Some(self.last), self.passed_over.swap_remove(place).1);
        }
        self.drawn += 1;
        self.last = self.drawn;
        (Some(self.drawn), drawn(&mut self.link))
    }

    /// Turns to the draw with this number, which will be the next: one that is still to come, or one that was passed over.
    /// Says whether there is such a draw; at most this many are passed over.
    pub(super) fn turn(&mut self, number: u64, most: usize) -> bool {
        if number <= self.drawn && !self.passed_over.iter().any(|(passed, _)| *passed == number) {
            return false;
        }
        while self.drawn + 1 < number {
            if self.passed_over.len() >= most {
                return false;
            }
            self.drawn += 1;
            let link = drawn(&mut self.link);
            self.passed_over.push((self.drawn, link));
        }
        self.last = number - 1;
        true
    }

    /// What was passed over stays so: the next draw is one that is still to come.
    pub(super) fn settle(&mut self) {
        self.last = self.drawn;
        self.passed_over.clear();
    }

    /// How many have been drawn of the first chain.
    pub(super) const fn drawn(&self) -> u64 {
        self.drawn
    }

    /// The entropy of one call that leaves nothing behind.
    pub(super) fn look(&mut self) -> Seed {
        drawn(&mut self.looks)
    }

    /// A seed that follows from what the first chain has come to. It stays where it is: to look at a world moves nothing in
    /// it.
    pub(super) fn derived(&self, label: &str) -> Seed {
        Zeroizing::new(Random::from_entropy(&self.link).stream(label).array())
    }

    /// The newest links themselves: the chains that go on from them are these.
    pub(super) const fn links(&self) -> (&Seed, &Seed) {
        (&self.link, &self.looks)
    }
}

/// The next seed of a chain, which moves on.
fn drawn(link: &mut Seed) -> Seed {
    let block = Random::first(link, 0);
    let (halves, _) = block.as_chunks();
    let [next, drawn] = [halves[0], halves[1]].map(Zeroizing::new);
    *link = next;
    drawn
}

/// A seed from which neither of the two can be found.
pub(super) fn mixed(one: &Seed, other: &Seed) -> Seed {
    Zeroizing::new(Sha256::new().chain_update(**one).chain_update(**other).finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Entropy {
        fn next(&mut self) -> Seed {
            self.numbered().1
        }
    }

    #[test]
    fn a_chain_goes_on_from_its_newest_link() {
        let mut chain = Entropy::new(Zeroizing::new([7; 32]));
        let first = chain.next();
        let (link, looks) = chain.links();
        let mut again = Entropy::resumed(link.clone(), looks.clone(), chain.drawn());
        assert_eq!((*chain.next(), *chain.look()), (*again.next(), *again.look()));
        assert_ne!(*first, *chain.next());
    }

    #[test]
    fn who_looks_draws_from_a_chain_of_its_own() {
        let mut chain = Entropy::new(Zeroizing::new([7; 32]));
        let mut other = Entropy::new(Zeroizing::new([7; 32]));
        let looks = [*chain.look(), *chain.look()];
        assert_ne!(looks[0], looks[1]);
        assert_eq!(*chain.next(), *other.next());
        assert_eq!(looks[0], *other.look());
    }

    #[test]
    fn a_chain_turns_to_draws_that_were_passed_over_and_to_none_that_were_taken() {
        let mut chain = Entropy::new(Zeroizing::new([7; 32]));
        let mut other = Entropy::new(Zeroizing::new([7; 32]));
        let drawn = [*chain.next(), *chain.next(), *chain.next(), *chain.next(), *chain.next()];
        assert!(other.turn(3, 10) && *other.next() == drawn[2]);
        assert!(!other.turn(3, 10) && !other.turn(0, 10) && !other.turn(100, 10));
        let mut other = Entropy::new(Zeroizing::new([7; 32]));
        assert!(other.turn(3, 10) && *other.next() == drawn[2]);
        assert!(other.turn(1, 10) && *other.next() == drawn[0] && *other.next() == drawn[1]);
        assert_eq!(*other.next(), drawn[3]);
        other.settle();
        assert_eq!((*other.next(), other.drawn()), (drawn[4], 5));
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
