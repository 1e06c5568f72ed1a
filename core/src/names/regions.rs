//! Which Regions every account has.

use super::Region;

/// Those launched before 20 March 2019, and Osaka (LIF-260); of the other partitions all, for none of them waits until an
/// account enables it (LIF-258, LIF-259; the sovereign and isolated ones by AWS's lists of endpoints).
const IN_EVERY_ACCOUNT: [&str; 29] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-isoe-west-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
    "us-isof-east-1",
    "us-isof-south-1",
    "us-west-1",
    "us-west-2",
];

/// Whether a name is one of the list: these need not be read letter by letter.
pub(super) fn is_known(name: &str) -> bool {
    IN_EVERY_ACCOUNT.binary_search(&name).is_ok()
}

impl Region {
    /// Whether every account has the Region from its beginning. Others must be enabled first (LIF-261), and a name that
    /// AWS does not have cannot be told from theirs: new ones need no release.
    pub fn is_in_every_account(&self) -> bool {
        is_known(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_regions_alone_in_their_order() {
        assert!(IN_EVERY_ACCOUNT.is_sorted_by(|one, other| one < other));
        assert!(IN_EVERY_ACCOUNT.iter().all(|name| Region::parse(name).is_some()));
    }

    #[test]
    fn young_regions_wait_until_they_are_enabled() {
        let has = |name| Region::parse(name).expect("a Region").is_in_every_account();
        assert_eq!(["us-east-1", "cn-north-1", "us-gov-west-1"].map(has), [true; 3]);
        assert_eq!(["af-south-1", "me-central-1", "us-east-9"].map(has), [false; 3]);
    }
}
