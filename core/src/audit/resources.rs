//! `resources`: the keys and aliases that an action has reached.

use super::{
    Facts, Resource,
    operations::{Reaches, Row},
};
use crate::{
    access,
    names::{AliasArn, AliasName, KeyArn},
    wire::Value,
};

/// What the call has reached; nothing when its record shows nothing of what was asked (AUD-84).
pub(super) fn of(row: &Row, facts: &Facts<'_>) -> Box<[Resource]> {
    let keys = || facts.subjects.iter().map(|subject| key(subject.arn));
    let alias =
        || facts.asked.as_ref().and_then(|asked| asked.alias.clone()).map(|name| alias(name, facts)).into_iter();
    match row.reaches {
        _ if !facts.shows_request() => Box::default(),
        Reaches::Nothing => Box::default(),
        // The most usual one, without a list that grows.
        Reaches::Key => match facts.subjects {
            [first, ..] => Box::new([key(first.arn)]),
            [] => Box::default(),
        },
        Reaches::KeyAndAlias => keys().take(1).chain(alias()).collect(),
        Reaches::AliasAndKey => alias().chain(keys().take(1)).collect(),
        Reaches::Both => keys().take(2).collect(),
        Reaches::Made => made(facts).into_iter().collect(),
    }
}

fn key(arn: KeyArn) -> Resource {
    Resource { account: arn.account, arn: access::Resource::Key(arn) }
}

/// An alias, which is always the caller's own and where the call is.
fn alias(name: AliasName, facts: &Facts<'_>) -> Resource {
    let (account, region) = (facts.call.caller.account, facts.call.region);
    Resource { account, arn: access::Resource::Alias(AliasArn { account, region, name }) }
}

/// The key that the reply describes.
fn made(facts: &Facts<'_>) -> Option<Resource> {
    let metadata = facts.reply.as_ref().ok()?.member("KeyMetadata")?;
    KeyArn::parse(metadata.member("Arn")?.as_text()?).map(key)
}

/// The list as records show it; an empty one is left out (AUD-39).
pub(super) fn to_value(resources: &[Resource]) -> Option<Value> {
    if resources.is_empty() {
        return None;
    }
    let shown = resources.iter().map(|resource| {
        Value::from([
            ("accountId", Value::from(resource.account.to_string())),
            ("type", Value::from("AWS::KMS::Key")),
            ("ARN", Value::from(resource.arn.to_string())),
        ])
    });
    Some(Value::List(shown.collect()))
}
