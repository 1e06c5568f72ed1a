//! Assertions as sentences: "role Reader can kms:Decrypt alias/orders with context tenant=a".

use super::assertions::Assertion;

const FORM: &str = "a sentence is like: role Reader can kms:Decrypt alias/orders with context tenant=a given \
                    aws:SourceAccount=111122223333 in eu-west-1";

/// Words that begin something else than the key.
const LATER: [&str; 4] = ["with", "given", "in", "via"];

/// Reads a sentence.
pub(super) fn read(text: &str) -> Result<Assertion, String> {
    let words = words(text)?;
    let verb = words.iter().position(|word| matches!(word.as_str(), "can" | "cannot" | "can't"));
    let verb = verb.ok_or_else(|| format!("it says neither can nor cannot: {FORM}"))?;
    let (kind, who) = who(&words[..verb].join(" "));
    if who.is_empty() {
        return Err(format!("it does not say who: {FORM}"));
    }
    let mut read =
        Assertion { sentence: text.to_owned(), kind, who, can: words[verb] == "can", ..Assertion::default() };
    let mut rest = words[verb + 1..].iter().map(String::as_str).peekable();
    while let Some(action) = rest.next_if(|word| word.to_ascii_lowercase().starts_with("kms:")) {
        read.actions.extend(action.split(',').filter(|action| !action.is_empty()).map(str::to_owned));
        rest.next_if(|word| matches!(*word, "and" | "or" | ","));
    }
    if read.actions.is_empty() {
        return Err(format!("it names no action of KMS: {FORM}"));
    }
    rest.next_if(|word| matches!(*word, "on" | "key"));
    read.key = rest.next_if(|word| !LATER.contains(word)).map(str::to_owned);
    while let Some(word) = rest.next() {
        match word {
            "in" => read.region = rest.next().map(str::to_owned),
            "via" => read.via = rest.next().map(str::to_owned),
            "with" | "given" => {
                rest.next_if(|next| *next == "context");
                let pairs = if word == "with" { &mut read.context } else { &mut read.given };
                let before = pairs.len();
                while let Some(pair) = rest.next_if(|word| word.contains('=') || matches!(*word, "and" | ",")) {
                    pairs.extend(
                        pair.trim_end_matches(',')
                            .split_once('=')
                            .map(|(name, value)| (name.to_owned(), value.to_owned())),
                    );
                }
                if pairs.len() == before {
                    return Err(format!("behind {word} stand names and values, such as tenant=a: {FORM}"));
                }
            }
            other => return Err(format!("{other:.100} is not understood: {FORM}")),
        }
    }
    Ok(read)
}

/// The kind of a caller and its name; an ARN has no kind.
pub(super) fn who(text: &str) -> (String, String) {
    match text.trim().split_once(' ') {
        Some((kind @ ("role" | "user" | "service" | "account"), name)) => (kind.to_owned(), name.trim().to_owned()),
        _ => (String::new(), text.trim().to_owned()),
    }
}

/// Words between blanks; what stands in double quotes is one, without them.
fn words(text: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for character in text.chars() {
        match character {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            blank if blank.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            other => {
                word.push(other);
                begun = true;
            }
        }
    }
    if quoted {
        return Err("a quotation mark is not closed".to_owned());
    }
    if begun {
        words.push(word);
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_who_what_on_which_key_and_under_what() {
        let read = read(r#"role Reader cannot kms:Decrypt, kms:Encrypt on alias/orders with context tenant=a and "of=what is" given aws:SourceAccount=111122223333 in eu-west-1 via s3.amazonaws.com"#).expect("a sentence");
        assert_eq!((read.kind.as_str(), read.who.as_str(), read.can), ("role", "Reader", false));
        assert_eq!(read.actions, ["kms:Decrypt", "kms:Encrypt"]);
        assert_eq!(
            (read.key.as_deref(), read.region.as_deref(), read.via.as_deref()),
            (Some("alias/orders"), Some("eu-west-1"), Some("s3.amazonaws.com"))
        );
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(read.context, [pair("tenant", "a"), pair("of", "what is")]);
        assert_eq!(read.given, [pair("aws:SourceAccount", "111122223333")]);
    }

    #[test]
    fn what_is_no_sentence_is_told() {
        for (text, sentence) in [
            ("role Reader may kms:Decrypt", "neither can nor cannot"),
            ("can kms:Decrypt alias/a", "does not say who"),
            ("role Reader can s3:GetObject", "names no action of KMS"),
            ("role Reader can kms:Decrypt alias/a alias/b", "alias/b is not understood"),
            ("role Reader can kms:Decrypt alias/a with context", "behind with stand"),
            ("role \"Reader can kms:Decrypt", "not closed"),
        ] {
            let refused = read(text).expect_err(text);
            assert!(refused.contains(sentence), "{refused}");
        }
    }
}
