//! The requests of scenes.

use proptest::prelude::*;

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Alice,
    /// A session of the role App, with the session policies of the scene.
    Session,
    /// Another session of it, without any.
    PlainSession,
    Root,
    /// A user of another account.
    Bob,
    ForeignRoot,
    Federated,
    /// A session of a role that is linked to a service.
    Linked,
    Service,
}

impl Who {
    pub(super) const ALL: [Self; 9] = [
        Self::Alice,
        Self::Session,
        Self::PlainSession,
        Self::Root,
        Self::Bob,
        Self::ForeignRoot,
        Self::Federated,
        Self::Linked,
        Self::Service,
    ];

    /// The ARN, or the name, of the caller.
    pub(super) const fn arn(self) -> &'static str {
        match self {
            Self::Alice => "arn:aws:iam::111122223333:user/team/alice",
            Self::Session => "arn:aws:sts::111122223333:assumed-role/App/one",
            Self::PlainSession => "arn:aws:sts::111122223333:assumed-role/App/two",
            Self::Root => "arn:aws:iam::111122223333:root",
            Self::Bob => "arn:aws:iam::444455556666:user/bob",
            Self::ForeignRoot => "arn:aws:iam::444455556666:root",
            Self::Federated => "arn:aws:sts::111122223333:federated-user/carol",
            Self::Linked => "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAutoScaling/one",
            Self::Service => "dynamodb.amazonaws.com",
        }
    }

    /// The account of the caller; a service has none.
    pub(super) const fn account(self) -> &'static str {
        match self {
            Self::Bob | Self::ForeignRoot => "444455556666",
            Self::Service => "",
            _ => "111122223333",
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    Encrypt,
    Decrypt,
    GenerateDataKey,
    DescribeKey,
    /// To the same key, or to the other one.
    ReEncrypt {
        same: bool,
    },
    ListGrants,
    /// The grantee, the operations as a mask, and the constraint.
    CreateGrant {
        grantee: usize,
        operations: u8,
        constraint: usize,
    },
    /// The grant by its number in the scene.
    RetireGrant(usize),
    RevokeGrant(usize),
    ListKeys,
    CreateKey {
        tagged: bool,
    },
    CreateAlias,
    TagResource {
        team: &'static str,
    },
    UntagResource,
    ScheduleKeyDeletion {
        days: Option<i64>,
    },
    DisableKey,
    GetKeyPolicy,
    GenerateRandom,
}

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) who: Who,
    pub(super) ask: Ask,
    /// The encryption context, by its number in [`CONTEXTS`].
    pub(super) context: usize,
    pub(super) by_alias: bool,
    pub(super) origin: Origin,
}

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    pub(super) via: Option<&'static str>,
    pub(super) ip: Option<&'static str>,
    pub(super) endpoint: bool,
    pub(super) insecure: bool,
    pub(super) mfa: bool,
    pub(super) source: Option<&'static str>,
}

/// The encryption contexts.
pub(super) const CONTEXTS: [&[(&str, &str)]; 5] =
    [&[], &[("dept", "it")], &[("dept", "hr")], &[("dept", "it"), ("user", "alice")], &[("Dept", "it")]];

/// Services that forward sessions.
const SERVICES: [&str; 2] = ["s3.amazonaws.com", "ec2.amazonaws.com"];
/// Addresses.
const ADDRESSES: [&str; 3] = ["192.0.2.7", "203.0.113.9", "2001:db8::1"];
/// Resources on whose behalf services call.
pub(super) const SOURCES: [&str; 2] =
    ["arn:aws:dynamodb:us-west-2:111122223333:table/T", "arn:aws:dynamodb:us-west-2:444455556666:table/U"];

pub(super) fn requests() -> impl Strategy<Value = Request> {
    let who = prop::sample::select(&Who::ALL[..]);
    // A user who calls its own key directly is the most usual caller.
    let who = prop_oneof![2 => Just(Who::Alice), 3 => who];
    (who, asks(), 0..CONTEXTS.len(), prop::bool::weighted(0.2), origins())
        .prop_map(|(who, ask, context, by_alias, origin)| Request { who, ask, context, by_alias, origin })
}

fn asks() -> impl Strategy<Value = Ask> {
    let grant = || 0..super::scene::GRANTS;
    let created = (0..super::words::GRANTEES.len(), super::words::masks(), 0..super::words::CONSTRAINTS.len());
    let created =
        created.prop_map(|(grantee, operations, constraint)| Ask::CreateGrant { grantee, operations, constraint });
    prop_oneof![
        6 => Just(Ask::Decrypt),
        2 => Just(Ask::Encrypt),
        1 => Just(Ask::GenerateDataKey),
        2 => Just(Ask::DescribeKey),
        2 => prop::bool::ANY.prop_map(|same| Ask::ReEncrypt { same }),
        1 => Just(Ask::ListGrants),
        2 => created,
        2 => grant().prop_map(Ask::RetireGrant),
        1 => grant().prop_map(Ask::RevokeGrant),
        1 => Just(Ask::ListKeys),
        1 => prop::bool::ANY.prop_map(|tagged| Ask::CreateKey { tagged }),
        1 => Just(Ask::CreateAlias),
        1 => prop::sample::select(&["blue", "red"][..]).prop_map(|team| Ask::TagResource { team }),
        1 => Just(Ask::UntagResource),
        1 => prop::option::of(7_i64..=30).prop_map(|days| Ask::ScheduleKeyDeletion { days }),
        1 => Just(Ask::DisableKey),
        1 => Just(Ask::GetKeyPolicy),
        1 => Just(Ask::GenerateRandom),
    ]
}

fn origins() -> impl Strategy<Value = Origin> {
    let one_of = |texts: &'static [&'static str]| prop::sample::select(texts);
    let via = prop::option::weighted(0.15, one_of(&SERVICES));
    let ip = prop::option::weighted(0.4, one_of(&ADDRESSES));
    let flags = (prop::bool::weighted(0.2), prop::bool::weighted(0.1), prop::bool::weighted(0.3));
    (via, ip, flags, prop::option::weighted(0.3, one_of(&SOURCES)))
        .prop_map(|(via, ip, (endpoint, insecure, mfa), source)| Origin { via, ip, endpoint, insecure, mfa, source })
}
