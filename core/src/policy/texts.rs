//! Matches long texts, or many of them, with many patterns in bounded time.
//!
//! All texts are concatenated, and a bit for each place says whether the part of a pattern read so far may end there. A
//! character of a pattern then costs one step for each 64 places, whatever the texts are, and the index of the texts
//! (where each character occurs) serves all patterns of a document.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::pattern::{Pattern, Piece};
use super::variables::Variable;
use super::weighing::{Steps, Weighing};

/// What a character equals: itself, or whatever has the same lower case (at most three characters). ASCII equals ASCII
/// alone.
type Symbol = (bool, [char; 3]);

/// A bit for each place.
type Bits = Box<[u64]>;

/// The number of a symbol; [`END`] follows each text.
type SymbolId = u32;
const END: SymbolId = SymbolId::MAX;

/// The texts are searched once for a longer value of a variable, instead of reading it again in each pattern.
const LONG_VALUE_CHARS: usize = 64;

/// Texts, prepared for patterns.
#[derive(Debug)]
pub(super) struct Texts {
    folded: bool,
    symbols: BTreeMap<Symbol, SymbolId>,
    /// The characters of the texts, each text with its end behind it.
    places: Vec<SymbolId>,
    occurrences: Vec<Occurrences>,
    starts: Bits,
    ends: Bits,
    /// Where a wildcard may take the character: everywhere but at an end.
    inside: Bits,
    /// Where a wildcard of a field may take the character: not a colon either.
    inside_field: Bits,
    /// Where the long values of variables begin.
    values: RefCell<BTreeMap<Variable, Rc<Bits>>>,
}

/// The places of one symbol: bits for frequent symbols, a list for rare ones. Together they are not longer than the texts.
#[derive(Debug)]
enum Occurrences {
    Frequent(Bits),
    Rare(Vec<u32>),
}

/// The places that a pattern has reached. Outside `low..high` all words are empty.
#[derive(Default)]
struct Reached {
    words: Vec<u64>,
    low: usize,
    high: usize,
}

impl Texts {
    pub(super) fn new<'t>(texts: impl Iterator<Item = &'t str>, folded: bool, steps: &Steps) -> Self {
        let mut symbols = BTreeMap::new();
        let mut ascii = [None; 128];
        let (mut places, mut lists): (Vec<SymbolId>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for text in texts {
            starts.push(place(places.len()));
            for character in text.chars() {
                let known = ascii.get(character as usize).copied().flatten();
                let id = known.unwrap_or_else(|| {
                    let new = place(symbols.len());
                    *symbols.entry(fold(character, folded)).or_insert(new)
                });
                if let Some(slot) = ascii.get_mut(character as usize) {
                    *slot = Some(id);
                }
                if lists.len() == id as usize {
                    lists.push(Vec::new());
                }
                lists[id as usize].push(place(places.len()));
                places.push(id);
            }
            ends.push(place(places.len()));
            places.push(END);
        }
        let words = places.len().div_ceil(64);
        steps.add(places.len() + words);
        let ends = bits(&ends, words);
        let inside: Bits = ends.iter().map(|word| !word).collect();
        let colons = symbols.get(&fold(':', folded)).and_then(|&id| lists.get(id as usize));
        let colons = bits(colons.map_or(&[][..], Vec::as_slice), words);
        let inside_field = inside.iter().zip(&colons).map(|(word, colons)| word & !colons).collect();
        let occurrences = lists.into_iter().map(|list| {
            if list.len() > words { Occurrences::Frequent(bits(&list, words)) } else { Occurrences::Rare(list) }
        });
        Self {
            folded,
            symbols,
            places,
            occurrences: occurrences.collect(),
            starts: bits(&starts, words),
            ends,
            inside,
            inside_field,
            values: RefCell::default(),
        }
    }

    /// The texts that at least one of the patterns matches.
    pub(super) fn matched(&self, patterns: &[Pattern], weighing: &Weighing<'_>) -> Matched {
        let mut matched = vec![0; self.ends.len()];
        let mut reached = Reached { words: vec![0; self.ends.len()], low: 0, high: 0 };
        for pattern in patterns {
            let Some(values) = pattern.values(weighing.facts) else { continue };
            reached.restart(&self.starts, &weighing.steps);
            for piece in pattern.pieces() {
                self.follow(&mut reached, piece, pattern, &values, &weighing.steps);
                if reached.is_empty() {
                    break;
                }
            }
            let range = reached.low..reached.high;
            let ends = reached.words[range.clone()].iter().zip(&self.ends[range.clone()]);
            matched[range].iter_mut().zip(ends).for_each(|(matched, (word, ends))| *matched |= word & ends);
            weighing.steps.add(reached.high - reached.low);
        }
        Matched(matched)
    }

    fn follow(&self, reached: &mut Reached, piece: &Piece, pattern: &Pattern, values: &[Cow<'_, str>], steps: &Steps) {
        let wild = |fenced: bool| if fenced { &self.inside_field } else { &self.inside };
        match piece {
            Piece::Star { fenced } => reached.run_on(wild(*fenced), steps),
            Piece::One { fenced } => reached.advance(wild(*fenced), steps),
            Piece::Text(text) => self.read(reached, text, steps),
            Piece::Variable(index) => {
                let (Some(value), Some(variable)) = (values.get(*index), pattern.variable(*index)) else { return };
                if value.chars().nth(LONG_VALUE_CHARS).is_none() {
                    self.read(reached, value, steps);
                } else {
                    let begins = self.begins_of(variable, value, steps);
                    reached.jump(&begins, value.chars().count(), steps);
                }
            }
        }
    }

    fn read(&self, reached: &mut Reached, text: &str, steps: &Steps) {
        for character in text.chars() {
            let id = self.symbols.get(&fold(character, self.folded));
            match id.and_then(|&id| self.occurrences.get(id as usize)) {
                Some(Occurrences::Frequent(bits)) => reached.advance(bits, steps),
                Some(Occurrences::Rare(list)) => reached.advance_at(list, steps),
                None => reached.clear(),
            }
            if reached.is_empty() {
                return;
            }
        }
    }

    /// Where the value of a variable begins in the texts: found once in linear time (Knuth, Morris, Pratt).
    fn begins_of(&self, variable: &Variable, value: &str, steps: &Steps) -> Rc<Bits> {
        if let Some(known) = self.values.borrow().get(variable) {
            return Rc::clone(known);
        }
        let ids = value.chars().map(|character| self.symbols.get(&fold(character, self.folded)).copied());
        let ids: Option<Vec<SymbolId>> = ids.collect();
        let begins = ids.filter(|ids| ids.len() < self.places.len()).map_or_else(Vec::new, |ids| {
            steps.add(self.places.len() + ids.len());
            search(&self.places, &ids)
        });
        let begins = Rc::new(bits(&begins, self.ends.len()));
        self.values.borrow_mut().insert(variable.clone(), Rc::clone(&begins));
        begins
    }

    /// How many texts there are.
    pub(super) fn count(&self) -> usize {
        count(&self.ends)
    }

    /// Which texts a test accepts, by their numbers.
    pub(super) fn those(&self, mut test: impl FnMut(usize) -> bool) -> Matched {
        let mut number = 0;
        let words = self.ends.iter().map(|&word| {
            let (mut left, mut kept) = (word, 0);
            while left != 0 {
                kept |= if test(number) { left & left.wrapping_neg() } else { 0 };
                left &= left - 1;
                number += 1;
            }
            kept
        });
        Matched(words.collect())
    }
}

/// The texts that match, each by the bit of its end.
#[derive(Debug)]
pub(super) struct Matched(Vec<u64>);

impl Matched {
    pub(super) fn count(&self) -> usize {
        count(&self.0)
    }

    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
        self
    }
}

impl Reached {
    fn is_empty(&self) -> bool {
        self.low >= self.high
    }

    fn clear(&mut self) {
        self.words[self.low..self.high].fill(0);
        (self.low, self.high) = (0, 0);
    }

    fn restart(&mut self, starts: &[u64], steps: &Steps) {
        self.clear();
        self.high = starts.iter().rposition(|word| *word != 0).map_or(0, |last| last + 1);
        self.words[..self.high].copy_from_slice(&starts[..self.high]);
        steps.add(self.high);
        self.trim();
    }

    fn trim(&mut self) {
        while self.low < self.high && self.words[self.low] == 0 {
            self.low += 1;
        }
        while self.low < self.high && self.words[self.high - 1] == 0 {
            self.high -= 1;
        }
    }

    /// Advances by one character, from the places in `from`.
    fn advance(&mut self, from: &[u64], steps: &Steps) {
        steps.add(self.high - self.low);
        let mut carried = 0;
        for (word, from) in self.words[self.low..self.high].iter_mut().zip(&from[self.low..self.high]) {
            let ahead = *word & from;
            *word = ahead << 1 | carried;
            carried = ahead >> 63;
        }
        self.carry(carried);
    }

    /// As [`Reached::advance`], from the places of a sorted list.
    fn advance_at(&mut self, from: &[u32], steps: &Steps) {
        let first = from.partition_point(|&at| (at as usize) < self.low * 64);
        let mut from = from[first..].iter().map(|&at| at as usize).peekable();
        let (mut carried, mut listed) = (0, 0);
        for at in self.low..self.high {
            let mut here = 0;
            while let Some(place) = from.next_if(|place| place / 64 == at) {
                here |= 1_u64 << (place % 64);
                listed += 1;
            }
            let ahead = self.words[at] & here;
            self.words[at] = ahead << 1 | carried;
            carried = ahead >> 63;
        }
        steps.add(self.high - self.low + listed);
        self.carry(carried);
    }

    /// A character is never the last place, so that the carry always has a word to go to.
    fn carry(&mut self, carried: u64) {
        if let Some(next) = self.words.get_mut(self.high).filter(|_| carried != 0) {
            *next = carried;
            self.high += 1;
        }
        self.trim();
    }

    /// Advances by any number of characters, over the places in `over`: an addition carries each bit to the end of its
    /// run.
    fn run_on(&mut self, over: &[u64], steps: &Steps) {
        let (mut at, mut carry) = (self.low, false);
        while at < self.words.len() && (at < self.high || carry) {
            let (word, over) = (self.words[at], over[at]);
            let (sum, one) = (word & over).overflowing_add(over);
            let (sum, other) = sum.overflowing_add(u64::from(carry));
            self.words[at] = (sum ^ over) | word;
            carry = one || other;
            at += 1;
        }
        steps.add(at - self.low);
        self.high = at;
    }

    /// Advances by more than 64 characters at once, from the places in `from`.
    fn jump(&mut self, from: &[u64], by: usize, steps: &Steps) {
        steps.add(self.high - self.low);
        let (over, bits) = (by / 64, by % 64);
        let mut highest = 0;
        for at in (self.low..self.high).rev() {
            let ahead = std::mem::take(&mut self.words[at]) & from[at];
            let parts = [(at + over, ahead << bits), (at + over + 1, ahead.checked_shr(64 - place(bits)).unwrap_or(0))];
            for (to, part) in parts.into_iter().filter(|(_, part)| *part != 0) {
                self.words[to] |= part;
                highest = highest.max(to + 1);
            }
        }
        self.high = highest.max(self.low);
        self.trim();
    }
}

/// The places at which `wanted` begins in `places`.
fn search(places: &[SymbolId], wanted: &[SymbolId]) -> Vec<u32> {
    let mut borders = vec![0; wanted.len()];
    let mut length = 0;
    for at in 1..wanted.len() {
        length = longer(wanted, &borders, length, wanted[at]);
        borders[at] = length;
    }
    let (mut begins, mut length) = (Vec::new(), 0);
    for (at, &symbol) in places.iter().enumerate() {
        if length == wanted.len() {
            length = borders[length - 1];
        }
        length = longer(wanted, &borders, length, symbol);
        if length == wanted.len() {
            begins.push(place(at + 1 - length));
        }
    }
    begins
}

/// How much of `wanted` has been read once `symbol` follows what was read.
fn longer(wanted: &[SymbolId], borders: &[usize], mut length: usize, symbol: SymbolId) -> usize {
    while length > 0 && wanted[length] != symbol {
        length = borders[length - 1];
    }
    length + usize::from(wanted[length] == symbol)
}

/// The number of a place. No request is as long as 4 GiB.
fn place(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn bits(places: &[u32], words: usize) -> Bits {
    let mut bits = vec![0; words];
    for &at in places {
        bits[at as usize / 64] |= 1 << (at % 64);
    }
    bits.into()
}

fn count(words: &[u64]) -> usize {
    words.iter().map(|word| word.count_ones() as usize).sum()
}

fn fold(character: char, folded: bool) -> Symbol {
    let mut of = [character, '\0', '\0'];
    if folded && character.is_ascii() {
        of[0] = character.to_ascii_lowercase();
    } else if folded {
        of.iter_mut().zip(character.to_lowercase()).for_each(|(place, lower)| *place = lower);
    }
    (character.is_ascii(), of)
}
