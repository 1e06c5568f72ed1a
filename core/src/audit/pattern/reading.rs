//! The text of a pattern, read from its start to its end.

/// What is still to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a>(&'a str);

impl<'a> Reading<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self(text)
    }

    /// Whether nothing follows but space.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.space();
        self.0.is_empty()
    }

    fn space(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// What follows, to be shown.
    pub(super) fn rest(&self) -> String {
        self.0.chars().take(40).collect()
    }

    /// Takes a text, if it is the next one after space.
    pub(super) fn takes(&mut self, text: &str) -> bool {
        self.space();
        self.adjoins(text)
    }

    /// Takes a text, if it is the next one, without space before it.
    pub(super) fn adjoins(&mut self, text: &str) -> bool {
        let rest = self.0.strip_prefix(text);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes a word of letters, if it is the next one.
    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        let before = *self;
        if self.takes(word) && !self.0.starts_with(|sign: char| sign.is_ascii_alphanumeric()) {
            return true;
        }
        *self = before;
        false
    }

    /// Takes the signs for which `fits` holds.
    pub(super) fn run(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let end = self.0.find(|sign| !fits(sign)).unwrap_or(self.0.len());
        let (run, rest) = self.0.split_at(end);
        self.0 = rest;
        run
    }

    /// Takes what stands before the next `end`, and that, too: the start has been taken.
    pub(super) fn until(&mut self, end: char) -> Option<&'a str> {
        let (inner, rest) = self.0.split_once(end)?;
        self.0 = rest;
        Some(inner)
    }

    /// Takes what stands before the next quotation mark, which a backslash makes a part of the text.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut signs = self.0.char_indices();
        while let Some((at, sign)) = signs.next() {
            match sign {
                '"' => {
                    self.0 = self.0.get(at + 1..).unwrap_or_default();
                    return Some(text);
                }
                '\\' => text.push(signs.next()?.1),
                _ => text.push(sign),
            }
        }
        None
    }
}
