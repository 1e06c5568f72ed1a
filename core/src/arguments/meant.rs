//! Which name is meant by one that is not known.

/// The longest text that is taken for a misspelt name, in bytes.
const LONGEST: usize = 64;

/// The name that is most like `said`, if at most one character in three, and at most three, must be put in, taken out,
/// changed or swapped with its neighbour. Capitals and `_` count for nothing: languages write them as they like.
pub fn meant<'a>(said: &str, names: &[&'a str]) -> Option<&'a str> {
    if said.len() > LONGEST {
        return None;
    }
    let said = folded(said);
    let distances = names.iter().map(|name| (strsim::osa_distance(&said, &folded(name)), *name));
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    let most = said.len().max(nearest.len()) / 3;
    (distance <= most.min(3)).then_some(nearest)
}

fn folded(name: &str) -> String {
    name.chars().filter(|character| *character != '_').map(|character| character.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = ["Sign", "Encrypt", "EnableKey", "EnableKeyRotation", "CreateKey"];

    #[test]
    fn a_misspelt_name_is_known_again() {
        for (said, name) in [
            ("Encypt", "Encrypt"),
            ("Encrpyt", "Encrypt"),
            ("encrypt", "Encrypt"),
            ("create_key", "CreateKey"),
            ("Sing", "Sign"),
            ("EnableRotation", "EnableKeyRotation"),
            ("EnablKey", "EnableKey"),
            ("Sgn", "Sign"),
        ] {
            assert_eq!(meant(said, &NAMES), Some(name), "{said}");
        }
    }

    #[test]
    fn another_word_means_none_of_the_names() {
        let long = "Encrypt".repeat(1_000_000);
        for said in ["", "_", "S", "Sort", "Get", "MakeCoffee", "\u{e9}\u{e9}\u{e9}", &long] {
            assert_eq!(meant(said, &NAMES), None, "{said:.20}");
        }
        assert_eq!(meant("Encrypt", &[]), None);
    }
}
