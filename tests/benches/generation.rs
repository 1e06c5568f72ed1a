//! Measures the generation of RSA keys with the native provider beside OpenSSL.

#[expect(dead_code, reason = "the windows of the other measures are shorter than one key takes")]
mod measure;

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use aws_lc_rs::rsa::{KeyPair, KeySize};
use measure::Measure;
use pocket_kms::{Options, Time, Value, World};

const NOW: Time = Time::from_millis(1_800_000_000_000);
/// Keys of which the median is taken: the search for primes takes now a third, now three times of it.
const KEYS: usize = 21;

/// The median of key generation, beside OpenSSL's where the command is found.
fn main() {
    let world = World::new(Options::default(), pocket_kms_aws_lc::PROVIDER, [9; 32]);
    let input = || Value::from([("KeySpec", "RSA_4096".into()), ("KeyUsage", "SIGN_VERIFY".into())]);
    let make = || assert!(world.call("CreateKey", input(), None, None, NOW).reply.is_ok());
    let openssl = version();
    let start = openssl.as_ref().map_or(0.0, |_| fastest(|| openssl_runs(&["version"])));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..KEYS {
        ours.push(milliseconds(make));
        theirs.push(match openssl {
            Some(_) => milliseconds(|| openssl_runs(&["genrsa", "4096"])) - start,
            None => milliseconds(|| drop(KeyPair::generate(KeySize::Rsa4096))),
        });
    }
    let (whose, at_most) = openssl.map_or_else(
        || ("AWS-LC itself (no `openssl` here)".to_owned(), 1.2),
        |version| (format!("{version}, less its start"), 1.0),
    );
    let what = &format!("CreateKey of RSA_4096, median of {KEYS}");
    let (ours, theirs) = (median(ours), Some(median(theirs)));
    Measure { what, ours, unit: "ms", beside: &whose, theirs, at_most: Some(at_most) }.print();
}

/// What the `openssl` command calls itself; `None` where there is none, or one of another family.
fn version() -> Option<String> {
    let said = Command::new("openssl").arg("version").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let words: Vec<_> = said.split_whitespace().take(2).collect();
    (words.first() == Some(&"OpenSSL")).then(|| words.join(" "))
}

fn openssl_runs(arguments: &[&str]) {
    let mut command = Command::new("openssl");
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(command.status().is_ok_and(|status| status.success()), "openssl {arguments:?}");
}

fn fastest(mut run: impl FnMut()) -> f64 {
    (0..5).map(|_| milliseconds(&mut run)).fold(f64::MAX, f64::min)
}

fn milliseconds(run: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    run();
    let taken: Duration = begun.elapsed();
    taken.as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
