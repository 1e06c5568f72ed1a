//! `Fn::Cidr`: a network that is cut into equal ones.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The most networks that the function makes.
const MOST: usize = 256;

/// The first `count` networks inside of `block` whose addresses differ in their last `bits` bits alone: as CloudFormation
/// makes them.
///
/// # Errors
/// A sentence, when there is no such block, or it holds fewer networks.
pub(super) fn cut(block: &str, count: usize, bits: u32) -> Result<Vec<String>, String> {
    let network = block.split_once('/').and_then(|(address, length)| {
        let address: IpAddr = address.parse().ok()?;
        let length: u32 = length.parse().ok()?;
        (length <= width(address)).then_some((address, length))
    });
    let Some((address, length)) = network else {
        return Err(format!("{block:.100} is not a block of addresses, such as 10.0.0.0/16"));
    };
    if !(1..=MOST).contains(&count) {
        return Err(format!("Fn::Cidr makes 1 to {MOST} networks, not {count}"));
    }
    let width = width(address);
    let room = (width - length).checked_sub(bits).map(|room| 1_u128.checked_shl(room).unwrap_or(u128::MAX));
    if bits == 0 || room.is_none_or(|room| room < count as u128) {
        return Err(format!("{block:.100} has no {count} networks of {bits} bits each"));
    }
    let first = number(address) & !mask(width - length);
    // A network as wide as all addresses is the only one.
    let size = 1_u128.checked_shl(bits).unwrap_or(0);
    let networks = (0..count as u128).map(|place| shown(first + place * size, address, width - bits));
    Ok(networks.collect())
}

/// How many bits an address has.
const fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// A mask with this many bits set.
fn mask(bits: u32) -> u128 {
    1_u128.checked_shl(bits).map_or(u128::MAX, |next| next - 1)
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

fn shown(number: u128, like: IpAddr, length: u32) -> String {
    match like {
        IpAddr::V4(_) => format!("{}/{length}", Ipv4Addr::from(u32::try_from(number).unwrap_or(u32::MAX))),
        IpAddr::V6(_) => format!("{}/{length}", Ipv6Addr::from(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_cut_as_the_user_guide_does() {
        let six = ["192.168.0.0/27", "192.168.0.32/27", "192.168.0.64/27", "192.168.0.96/27", "192.168.0.128/27"];
        assert_eq!(cut("192.168.0.0/24", 5, 5).expect("networks"), six);
        assert_eq!(cut("10.1.2.3/16", 2, 8).expect("networks"), ["10.1.0.0/24", "10.1.1.0/24"]);
        assert_eq!(cut("2001:db8::/56", 2, 64).expect("networks"), ["2001:db8::/64", "2001:db8:0:1::/64"]);
        assert_eq!(cut("::/0", 1, 128), Ok(vec!["::/0".to_owned()]));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (block, count, bits) in [
            ("10.0.0.0/24", 5, 6),
            ("10.0.0.0/24", 1, 9),
            ("10.0.0.0/33", 1, 1),
            ("10.0.0.0", 1, 1),
            ("a/8", 1, 1),
            ("10.0.0.0/8", 0, 8),
            ("10.0.0.0/8", 257, 8),
            ("10.0.0.0/8", 1, 0),
            ("10.0.0.0/8", 1, u32::MAX),
        ] {
            assert!(cut(block, count, bits).is_err(), "{block} {count} {bits}");
        }
    }
}
