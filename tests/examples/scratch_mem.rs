#![allow(unused, missing_docs, unreachable_pub)]
use pocket_kms::{Call, Caller, CryptoProvider, Kms, Options, Region, Step, Time, Value, World, names::AccountId};
fn rss() -> usize {
    std::fs::read_to_string("/proc/self/statm").unwrap().split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}
fn main() {
    let n = 100_000usize;
    let now = Time::from_millis(1_800_000_000_000);
    if std::env::args().nth(1).as_deref() == Some("world") {
        let world = World::new(Options::default(), CryptoProvider::default(), [7u8; 32]);
        let r = rss();
        for _ in 0..n {
            drop(world.call("CreateKey", Value::from([]), None, None, now));
        }
        println!("world rss {}", (rss() - r) / n);
        return;
    }
    let mut kms = Kms::default();
    let r = rss();
    for i in 0..n {
        let mut e = [0u8; 32];
        e[..8].copy_from_slice(&(i as u64).to_le_bytes());
        let c = Call::new(
            "CreateKey",
            Value::from([]),
            Caller::root(AccountId::parse("111122223333").unwrap()),
            Region::parse("us-east-1").unwrap(),
            now,
            e,
        );
        let Step::Done(o) = kms.call(&c) else { panic!() };
        drop(o);
    }
    println!("kms rss {}", (rss() - r) / n);
    println!(
        "{} {} {} {} {}",
        std::mem::size_of::<pocket_kms::state::KeyRow>(),
        std::mem::size_of::<pocket_kms::state::RegionalKey>(),
        std::mem::size_of::<pocket_kms::state::Version>(),
        std::mem::size_of::<pocket_kms::state::SecretRow>(),
        std::mem::size_of::<pocket_kms::state::SecretName>()
    );
}
