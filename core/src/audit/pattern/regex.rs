//! The regular expressions of filter patterns: classes, repetitions, anchors and alternatives, without groups. Every text
//! is read once, whatever the expression: the time is linear in the product of their lengths.

/// The most classes that an expression has once its repetitions are written out.
const MOST: usize = 1000;

/// The symbols that stand for themselves, besides letters and digits.
const SYMBOLS: &str = ":_#=@/;,- ";

/// An expression: its alternatives.
#[derive(Clone, Debug)]
pub(super) struct Regex(Vec<Branch>);

/// One alternative.
#[derive(Clone, Debug, Default)]
struct Branch {
    from_start: bool,
    to_end: bool,
    steps: Vec<Step>,
}

/// One sign of a text.
#[derive(Clone, Copy, Debug)]
struct Step {
    class: Class,
    /// Whether it may be left out.
    optional: bool,
    /// Whether it may stand again and again.
    repeated: bool,
}

/// A set of signs.
#[derive(Clone, Copy, Debug)]
struct Class {
    /// The signs of ASCII in it.
    ascii: u128,
    /// Whether all others are in it.
    others: bool,
}

impl Class {
    const ANY: Self = Self { ascii: !0, others: true };

    fn of(signs: impl Iterator<Item = u8>) -> Self {
        Self { ascii: signs.filter(u8::is_ascii).fold(0, |set, sign| set | 1 << sign), others: false }
    }

    const fn negated(self) -> Self {
        Self { ascii: !self.ascii, others: !self.others }
    }

    const fn and(self, other: Self) -> Self {
        Self { ascii: self.ascii | other.ascii, others: self.others | other.others }
    }

    fn has(self, sign: char) -> bool {
        if sign.is_ascii() { self.ascii >> u32::from(sign) & 1 == 1 } else { self.others }
    }
}

impl Regex {
    /// Reads an expression: what stands between two percent signs.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("has an empty regular expression".to_owned());
        }
        let mut reader = Reader { signs: text.as_bytes(), at: 0 };
        let mut branches = Vec::new();
        loop {
            branches.push(reader.branch()?);
            if reader.at >= reader.signs.len() {
                break;
            }
            reader.at += 1;
        }
        if branches.iter().map(|branch| branch.steps.len()).sum::<usize>() > MOST {
            return Err(too_long());
        }
        Ok(Self(branches))
    }

    /// Whether it matches a part of a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.0.iter().any(|branch| branch.is_in(text))
    }
}

/// Whether the place behind the last step was reached.
fn is_done(places: &[bool]) -> bool {
    places.last() == Some(&true)
}

fn too_long() -> String {
    format!("has a regular expression that is too long: written out, it may match {MOST} characters")
}

impl Branch {
    fn is_in(&self, text: &str) -> bool {
        let (mut before, mut now) = (vec![false; self.steps.len() + 1], vec![false; self.steps.len() + 1]);
        self.reach(&mut before, 0);
        for sign in text.chars() {
            if is_done(&before) && !self.to_end {
                return true;
            }
            now.fill(false);
            for (place, step) in self.steps.iter().enumerate() {
                if before.get(place) == Some(&true) && step.class.has(sign) {
                    self.reach(&mut now, if step.repeated { place } else { place + 1 });
                    if step.repeated {
                        self.reach(&mut now, place + 1);
                    }
                }
            }
            if !self.from_start {
                self.reach(&mut now, 0);
            }
            std::mem::swap(&mut before, &mut now);
        }
        is_done(&before)
    }

    /// Marks a place, and those behind it that are reached without another sign.
    fn reach(&self, places: &mut [bool], mut place: usize) {
        while let Some(reached) = places.get_mut(place).filter(|reached| !**reached) {
            *reached = true;
            if !self.steps.get(place).is_some_and(|step| step.optional) {
                return;
            }
            place += 1;
        }
    }
}

struct Reader<'a> {
    signs: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.signs.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let sign = self.peek();
        self.at += usize::from(sign.is_some());
        sign
    }

    fn takes(&mut self, sign: u8) -> bool {
        let found = self.peek() == Some(sign);
        self.at += usize::from(found);
        found
    }

    /// One alternative, up to the bar behind it.
    fn branch(&mut self) -> Result<Branch, String> {
        let mut branch = Branch { from_start: self.takes(b'^'), ..Branch::default() };
        while let Some(sign) = self.peek().filter(|sign| *sign != b'|') {
            if self.takes(b'$') {
                if !matches!(self.peek(), None | Some(b'|')) {
                    return Err(
                        "has a $ within a regular expression: it stands at the end, or after a backslash".to_owned()
                    );
                }
                branch.to_end = true;
                break;
            }
            let class = self.class(sign)?;
            self.repeated(class, &mut branch.steps)?;
        }
        Ok(branch)
    }

    /// A class, of which `sign` is the first sign.
    fn class(&mut self, sign: u8) -> Result<Class, String> {
        self.at += 1;
        match sign {
            b'.' => Ok(Class::ANY),
            b'[' => self.set(),
            b'\\' => self.escaped(),
            _ if plain(sign) => Ok(Class::of([sign].into_iter())),
            b'*' | b'+' | b'?' | b'{' => {
                Err(format!("has nothing before a '{}' of a regular expression that it could repeat", char::from(sign)))
            }
            _ => Err(format!(
                "has a '{}' in a regular expression: there are letters, digits, the symbols {SYMBOLS}and the operators \
                 ^ $ ? [ ] {{ }} | \\ * + and .",
                char::from(sign)
            )),
        }
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Result<Class, String> {
        let digits = || Class::of(b'0'..=b'9');
        let words = || Class::of((0..128).filter(|sign: &u8| sign.is_ascii_alphanumeric() || *sign == b'_'));
        let spaces = || Class::of(b" \t\n\r\x0b\x0c".iter().copied());
        Ok(match self.next() {
            Some(b'd') => digits(),
            Some(b'D') => digits().negated(),
            Some(b'w') => words(),
            Some(b'W') => words().negated(),
            Some(b's') => spaces(),
            Some(b'S') => spaces().negated(),
            Some(b'x') => {
                let digits = self.signs.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                let sign = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                self.at += 2;
                Class::of(
                    [sign.ok_or("has an \\x in a regular expression without two hexadecimal digits")?].into_iter(),
                )
            }
            Some(sign) if sign.is_ascii() && !sign.is_ascii_alphanumeric() => Class::of([sign].into_iter()),
            _ => return Err("has a backslash in a regular expression before what it cannot escape".to_owned()),
        })
    }

    /// A class in brackets, of which the first is taken.
    fn set(&mut self) -> Result<Class, String> {
        let negated = self.takes(b'^');
        let mut class = Class::of([].into_iter());
        loop {
            let sign = self.next().ok_or("lacks the ] of a class of a regular expression")?;
            let one = match sign {
                b']' => return Ok(if negated { class.negated() } else { class }),
                b'\\' => self.escaped()?,
                _ if sign.is_ascii() => Class::of([sign].into_iter()),
                _ => return Err("has a character in a regular expression that is not one of ASCII".to_owned()),
            };
            let range = (self.peek() == Some(b'-')).then(|| self.signs.get(self.at + 1).copied()).flatten();
            match range.filter(|last| *last != b']' && sign != b'\\') {
                Some(last) if last >= sign => {
                    self.at += 2;
                    class = class.and(Class::of(sign..=last));
                }
                Some(last) => {
                    return Err(format!("has a range from {} to {} in a class", char::from(sign), char::from(last)));
                }
                None => class = class.and(one),
            }
        }
    }

    /// Writes a class as often as what follows it says.
    fn repeated(&mut self, class: Class, steps: &mut Vec<Step>) -> Result<(), String> {
        let (least, most) = match self.peek() {
            Some(b'?') => (0, Some(1)),
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'{') => self.counts()?,
            _ => {
                steps.push(Step { class, optional: false, repeated: false });
                return Ok(());
            }
        };
        self.at += 1;
        if least.max(most.unwrap_or(0)) > MOST || steps.len() > MOST {
            return Err(too_long());
        }
        let one = Step { class, optional: false, repeated: false };
        steps.extend((0..least).map(|_| one));
        match most {
            Some(most) => steps.extend((least..most).map(|_| Step { optional: true, ..one })),
            None => steps.push(Step { optional: true, repeated: true, ..one }),
        }
        Ok(())
    }

    /// The numbers in braces, up to the last of them.
    fn counts(&mut self) -> Result<(usize, Option<usize>), String> {
        let rest = self.signs.get(self.at + 1..).unwrap_or_default();
        let end = rest.iter().position(|sign| *sign == b'}').ok_or("lacks the } of a repetition")?;
        let text = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
        self.at += end + 1;
        let wrong =
            || format!("has {{{text}}} in a regular expression: a repetition is {{3}}, {{3,}}, {{,5}} or {{3,5}}");
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| wrong());
        let (least, most) = match text.split_once(',') {
            None => number(&text).map(|count| (count, Some(count)))?,
            Some((least, most)) if most.trim().is_empty() => (number(least)?, None),
            Some((least, most)) if least.trim().is_empty() => (0, Some(number(most)?)),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        if most.is_some_and(|most| most < least) { Err(wrong()) } else { Ok((least, most)) }
    }
}

fn plain(sign: u8) -> bool {
    sign.is_ascii_alphanumeric() || SYMBOLS.as_bytes().contains(&sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expressions_of_the_guide_match_as_it_says() {
        for (expression, fitting, unfitting) in [
            ("^[hc]at", &["hat", "cats"][..], &["that", "at"][..]),
            ("[hc]at$", &["a hat", "cat"], &["hats"]),
            ("colou?r", &["color", "colour"], &["colouur"]),
            ("^[abcx-z]$", &["a", "z"], &["d"]),
            ("^a{3,5}$", &["aaa", "aaaaa"], &["aa", "aaaaaa"]),
            ("gray|grey", &["a grey", "gray"], &["gruy"]),
            ("^starting|^shutting down", &["shutting down"], &["not starting"]),
            ("abcc|ab[^c]$", &["abcc x", "aba"], &["aac", "abax"]),
            (r"\[.\]", &["[a]", "[]]", "x[ ]"], &["[]"]),
            (r"10\.10\.0\.1", &["10.10.0.1"], &["10010,051"]),
            ("^ab*c$", &["ac", "abbbc"], &["adc"]),
            ("ab[0-9]*", &["ab", "ab129"], &["a"]),
            ("ab+c", &["abc", "abbc"], &["ac"]),
            (r"^\d\D\w\W\s\S$", &["1aa! x"], &["aaa! x"]),
            (r"^\x3A\x28$", &[":("], &["::"]),
            ("^.$", &["\u{e9}"], &["ab"]),
            ("^x{,2}y{2,}$", &["yy", "xxyyy"], &["xxxyy", "xy"]),
        ] {
            let regex = Regex::read(expression).unwrap_or_else(|problem| panic!("{expression} {problem}"));
            assert!(fitting.iter().all(|text| regex.is_in(text)), "{expression}");
            assert!(!unfitting.iter().any(|text| regex.is_in(text)), "{expression}");
        }
    }
}
