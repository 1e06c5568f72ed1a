//! A pattern followed at all its places at once, a bit for each (shift-and): what a scan that goes back too often falls
//! back to. A character costs a 64th of the pattern's length, whatever pattern and text are.

use std::{borrow::Cow, collections::BTreeMap};

use super::pattern::{Pattern, Piece};

/// Whether `text` as a whole matches; `values` are those of the pattern's variables.
pub(super) fn matches(pattern: &Pattern, values: &[Cow<'_, str>], text: &str) -> bool {
    let mut automaton = Automaton { folded: pattern.is_folded(), ..Automaton::default() };
    for piece in pattern.pieces() {
        automaton.append(piece, values);
    }
    automaton.accepts(text)
}

/// The places of a pattern: one before each character that it takes, and one behind the last.
#[derive(Default)]
struct Automaton {
    folded: bool,
    /// How many characters the pattern takes, those of stars not counted.
    length: usize,
    /// From which places a character that the pattern names leads to the next one.
    named: BTreeMap<Folded, Few>,
    /// From which places every character leads to the next one, and from which every one but a colon.
    any: [Places; 2],
    /// At which places every character may be passed over, and at which every one but a colon.
    stars: [Places; 2],
}

/// What a character equals: itself, or whatever has the same lower case (at most three characters). ASCII equals ASCII
/// alone.
type Folded = (bool, [char; 3]);

/// A set of places, a bit for each.
#[derive(Default)]
struct Places(Vec<u64>);

/// The words of a set of places that are not empty, with their numbers: a long text may name many characters once.
#[derive(Default)]
struct Few(Vec<(usize, u64)>);

impl Automaton {
    fn append(&mut self, piece: &Piece, values: &[Cow<'_, str>]) {
        match piece {
            Piece::Star { fenced } => self.stars[usize::from(*fenced)].add(self.length),
            Piece::One { fenced } => {
                self.any[usize::from(*fenced)].add(self.length);
                self.length += 1;
            }
            Piece::Text(text) => self.name(text),
            Piece::Variable(index) => self.name(values.get(*index).map_or("", AsRef::as_ref)),
        }
    }

    fn name(&mut self, text: &str) {
        for character in text.chars() {
            self.named.entry(fold(character, self.folded)).or_default().add(self.length);
            self.length += 1;
        }
    }

    fn accepts(&self, text: &str) -> bool {
        let none = Few::default();
        let mut places = vec![0_u64; self.length / 64 + 1];
        places[0] = 1;
        for character in text.chars() {
            let named = self.named.get(&fold(character, self.folded)).unwrap_or(&none);
            let mut named = named.0.iter().peekable();
            let colon = if character == ':' { 0 } else { u64::MAX };
            let mut carried = 0;
            for (at, word) in places.iter_mut().enumerate() {
                let of = |[all, fenced]: &[Places; 2]| all.word(at) | fenced.word(at) & colon;
                let here = named.next_if(|(number, _)| *number == at).map_or(0, |(_, word)| *word);
                let ahead = *word & (here | of(&self.any));
                *word = *word & of(&self.stars) | ahead << 1 | carried;
                carried = ahead >> 63;
            }
            if places.iter().all(|word| *word == 0) {
                return false;
            }
        }
        places[self.length / 64] >> (self.length % 64) & 1 == 1
    }
}

impl Places {
    fn add(&mut self, place: usize) {
        self.0.resize(self.0.len().max(place / 64 + 1), 0);
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn word(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }
}

impl Few {
    /// Places come in order.
    fn add(&mut self, place: usize) {
        match self.0.last_mut() {
            Some((number, word)) if *number == place / 64 => *word |= 1 << (place % 64),
            _ => self.0.push((place / 64, 1 << (place % 64))),
        }
    }
}

fn fold(character: char, folded: bool) -> Folded {
    let mut of = [character, '\0', '\0'];
    if folded && character.is_ascii() {
        of[0] = character.to_ascii_lowercase();
    } else if folded {
        of.iter_mut().zip(character.to_lowercase()).for_each(|(place, lower)| *place = lower);
    }
    (character.is_ascii(), of)
}
