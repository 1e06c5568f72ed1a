//! Grants, as far as the decision cases need them: a grant is a resource policy that names one principal.

use std::collections::BTreeMap;

use pocket_kms::policy::{Class, PrincipalEntry, PrincipalKind};

use crate::decide::{Caller, Check, Source};

pub(crate) type Pairs = BTreeMap<String, String>;

/// Constraints of a grant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Constraints {
    pub(crate) equals: Option<Pairs>,
    pub(crate) subset: Option<Pairs>,
    pub(crate) source_arn: Option<String>,
}

/// A grant.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) operations: Vec<String>,
    pub(crate) grantee: PrincipalEntry,
    pub(crate) retiring: Option<PrincipalEntry>,
    pub(crate) constraints: Constraints,
    pub(crate) issuing_account: String,
    pub(crate) visible: bool,
}

/// The part of the request that concerns grants.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) encryption_context: Pairs,
    pub(crate) grant_tokens: Vec<String>,
    pub(crate) grant_id: Option<String>,
    pub(crate) new_grant: Option<(Vec<String>, Constraints)>,
    pub(crate) source_arn: Option<String>,
}

/// The grants that allow a check, each with the class by which it reaches the caller.
pub(crate) fn permissions(
    caller: &Caller<'_>,
    check: &Check<'_>,
    grants: &[Grant],
    wanted: &Wanted,
) -> Vec<(Source, Class)> {
    let operation = check.action.strip_prefix("kms:").unwrap_or(check.action);
    let by_service = matches!(caller.principal.kind, PrincipalKind::Service { .. });
    let applicable = grants.iter().filter(|grant| {
        grant.key == check.resource
            && grant.allows(operation)
            && (grant.visible || wanted.grant_tokens.contains(&grant.id))
            && grant.holds_for(operation, wanted)
            && (!by_service
                || grant.constraints.source_arn.is_none()
                || grant.constraints.source_arn == wanted.source_arn)
    });
    let reached = applicable.filter_map(|grant| Some((grant, grant.grantee.reaches(&caller.principal)?)));
    reached.map(|(grant, class)| (Source::Grant(grant.id.clone()), class)).collect()
}

/// Who may retire a grant: the retiring principal, a grantee with that operation, and the account that created it.
pub(crate) fn retirements(caller: &Caller<'_>, grants: &[Grant], wanted: &Wanted) -> Vec<(Source, Class)> {
    let Some(grant) = grants.iter().find(|grant| Some(&grant.id) == wanted.grant_id.as_ref()) else {
        return Vec::new();
    };
    let retiring = grant.retiring.as_ref().and_then(|retiring| retiring.reaches(&caller.principal));
    let grantee = grant.grantee.reaches(&caller.principal).filter(|_| grant.allows("RetireGrant"));
    let of_grant = [retiring, grantee].into_iter().flatten().map(|class| (Source::Grant(grant.id.clone()), class));
    let issued_here = caller.principal.account == grant.issuing_account;
    let of_account = issued_here.then(|| (Source::GrantAccount(grant.id.clone()), Class::Delegation));
    of_grant.chain(of_account).collect()
}

impl Grant {
    fn allows(&self, operation: &str) -> bool {
        self.operations.iter().any(|allowed| allowed == operation)
    }

    fn holds_for(&self, operation: &str, wanted: &Wanted) -> bool {
        let context = &wanted.encryption_context;
        match (operation, &wanted.new_grant) {
            ("DescribeKey" | "RetireGrant", _) => true,
            ("CreateGrant", Some((operations, constraints))) => {
                operations.iter().all(|operation| self.allows(operation)) && self.constraints.are_kept_by(constraints)
            }
            _ => {
                self.constraints.equals.as_ref().is_none_or(|pairs| pairs == context)
                    && self.constraints.subset.as_ref().is_none_or(|pairs| is_subset(pairs, context))
            }
        }
    }
}

impl Constraints {
    /// Whether the constraints of a child are the same or stricter.
    fn are_kept_by(&self, child: &Self) -> bool {
        let equals = self.equals.as_ref().is_none_or(|pairs| child.equals.as_ref() == Some(pairs));
        let narrower = child.equals.as_ref().or(child.subset.as_ref());
        let subset = self.subset.as_ref().is_none_or(|pairs| narrower.is_some_and(|child| is_subset(pairs, child)));
        let source = self.source_arn.is_none() || self.source_arn == child.source_arn;
        equals && subset && source
    }
}

fn is_subset(pairs: &Pairs, of: &Pairs) -> bool {
    pairs.iter().all(|(key, value)| of.get(key) == Some(value))
}
