//! Every sentence that answers a refused call has one constructor, in the file of its theme.
//!
//! Each says whose sentence it is: AWS's, with the place where it is recorded; ours, where no answer of AWS is known; or
//! nobody's, where AWS sends none. A constructor takes words and whatever can be shown: an error does not know what a key
//! spec is.

mod access_keys;
mod algorithms;
mod audit;
mod callers;
mod chosen;
mod ciphertexts;
mod cloudtrail;
mod clusters;
mod directory;
mod endpoint_services;
mod faults;
mod grants;
mod imports;
mod key_stores;
mod monitoring;
mod multi_region;
mod names;
mod parameters;
mod policies;
mod proxies;
mod proxy_owners;
mod questions;
mod quotas;
mod recipes;
mod sessions;
mod settings;
mod signatures;
mod states;
mod tags;
mod wire;

#[cfg(test)]
mod tests {
    /// The files of this folder.
    const FILES: &[&str] = &[
        include_str!("access_keys.rs"),
        include_str!("algorithms.rs"),
        include_str!("callers.rs"),
        include_str!("chosen.rs"),
        include_str!("ciphertexts.rs"),
        include_str!("cloudtrail.rs"),
        include_str!("clusters.rs"),
        include_str!("directory.rs"),
        include_str!("endpoint_services.rs"),
        include_str!("faults.rs"),
        include_str!("grants.rs"),
        include_str!("imports.rs"),
        include_str!("key_stores.rs"),
        include_str!("monitoring.rs"),
        include_str!("multi_region.rs"),
        include_str!("names.rs"),
        include_str!("parameters.rs"),
        include_str!("policies.rs"),
        include_str!("proxies.rs"),
        include_str!("proxy_owners.rs"),
        include_str!("questions.rs"),
        include_str!("quotas.rs"),
        include_str!("recipes.rs"),
        include_str!("sessions.rs"),
        include_str!("settings.rs"),
        include_str!("signatures.rs"),
        include_str!("states.rs"),
        include_str!("tags.rs"),
        include_str!("wire.rs"),
    ];

    #[test]
    fn every_constructor_says_whose_its_sentence_is() {
        let mut constructors = 0;
        for text in FILES {
            let mut doc = String::new();
            for line in text.lines().map(str::trim_start) {
                if let Some(words) = line.strip_prefix("///") {
                    doc.push_str(words);
                } else if line.starts_with("pub") {
                    let owned = ["The sentence is AWS's (", "The sentence is ours", "AWS sends no sentence ("];
                    assert!(owned.iter().any(|words| doc.contains(words)), "{line}");
                    constructors += 1;
                    doc.clear();
                }
            }
        }
        assert!(constructors > 70, "{constructors} constructors were found");
    }
}
