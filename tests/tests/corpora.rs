//! Every file of every fuzz corpus goes through its target, as it is and spoiled in many ways.

use std::path::PathBuf;

use pocket_kms::crypto::random::Random;
use pocket_kms_tests::fuzz::TARGETS;

/// How often each file is spoiled.
const TIMES: usize = 60;

fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files.into_iter().map(|file| (file.clone(), std::fs::read(&file).expect("a file"))).collect()
}

#[test]
fn every_file_of_every_corpus_passes_its_target() {
    for (name, target) in TARGETS {
        let files = corpus(name);
        assert!(files.len() >= 4, "the corpus of {name} has {} files", files.len());
        for (file, bytes) in files {
            println!("{}", file.display());
            target(&bytes);
        }
    }
}

#[test]
fn spoiled_files_pass_their_targets_too() {
    for (name, target) in TARGETS {
        let mut random = Random::from_entropy(&[7; 32]);
        let mut draw = |below: usize| usize::from(u16::from_be_bytes(random.array())) % below.max(1);
        let files = corpus(name);
        for (file, bytes) in &files {
            for _ in 0..TIMES {
                let mut spoiled = bytes.clone();
                for _ in 0..=draw(3) {
                    let at = draw(spoiled.len());
                    match draw(6) {
                        0 => spoiled.truncate(at),
                        1 => spoiled.insert(at, u8::try_from(draw(256)).expect("a byte")),
                        2 if !spoiled.is_empty() => spoiled[at] = u8::try_from(draw(256)).expect("a byte"),
                        3 if !spoiled.is_empty() => drop(spoiled.remove(at)),
                        4 => spoiled.splice(at..at, files[draw(files.len())].1.iter().copied().take(40)).for_each(drop),
                        _ if !spoiled.is_empty() => spoiled[at] ^= 1 << draw(8),
                        _ => {}
                    }
                }
                println!("{}: {}", file.display(), spoiled.escape_ascii());
                target(&spoiled);
            }
        }
    }
}
