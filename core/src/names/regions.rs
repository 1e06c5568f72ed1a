//! Which Regions AWS has, and which of them an account must enable first.

use super::Region;

/// Enabled in every account: those launched before 20 March 2019, and Osaka (LIF-260).
const ALWAYS: [&str; 17] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Closed until an account enables them (LIF-261).
const OPT_IN: [&str; 17] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
];

/// Those of the other partitions, where no Region waits for an account (LIF-258, LIF-259; the sovereign and isolated ones
/// by AWS's own lists of endpoints).
const ELSEWHERE: [&str; 9] = [
    "cn-north-1",
    "cn-northwest-1",
    "eusc-de-east-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
];

/// How an account comes to a Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Access {
    /// It has it from its beginning.
    Always,
    /// It enables it first.
    OptIn,
}

impl Region {
    /// How accounts come to the Region; `None` if AWS had no such Region in November 2026.
    pub fn access(&self) -> Option<Access> {
        let name = self.as_str();
        if OPT_IN.contains(&name) {
            return Some(Access::OptIn);
        }
        (ALWAYS.contains(&name) || ELSEWHERE.contains(&name)).then_some(Access::Always)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Partition;

    #[test]
    fn every_region_is_one_and_stands_in_its_list_once() {
        let all = || ALWAYS.into_iter().chain(OPT_IN).chain(ELSEWHERE);
        for name in all() {
            let region = Region::parse(name).expect("a Region");
            assert_eq!(all().filter(|other| *other == name).count(), 1, "{name}");
            let elsewhere = region.partition() != Partition::Aws;
            assert_eq!(ELSEWHERE.contains(&name), elsewhere, "{name}");
        }
    }

    #[test]
    fn an_account_enables_young_regions_and_nobody_has_regions_that_do_not_exist() {
        let access = |name: &str| Region::parse(name).expect("a Region").access();
        assert_eq!(access("us-east-1"), Some(Access::Always));
        assert_eq!(access("cn-north-1"), Some(Access::Always));
        assert_eq!(access("af-south-1"), Some(Access::OptIn));
        assert_eq!(access("us-east-9"), None);
    }
}
