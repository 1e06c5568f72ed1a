//! Principals that key policies name: whether they exist, and what is left of those that are gone.

use super::standing::Existence;
use crate::{
    policy::{self, PolicyRow, PrincipalEntry},
    state::tables::State,
};

impl State {
    /// Whether a policy that is written now cannot name this user, role or session, because it does not exist.
    pub(crate) fn misses(&self, principal: &PrincipalEntry) -> bool {
        match principal {
            PrincipalEntry::User(entity) | PrincipalEntry::Role(entity) => {
                self.exists(entity.arn()) == Existence::Missing
            }
            PrincipalEntry::Session(arn) => self.exists(arn) == Existence::Missing,
            _ => false,
        }
    }

    /// The text of a policy as it is shown: in the place of a principal that is gone stands its unique id (IAM User Guide,
    /// "AWS JSON policy elements: Principal").
    pub(crate) fn shown(&self, row: &PolicyRow) -> String {
        let bound = row.document().bound();
        let gone = |(arn, id): &&(&str, &str)| self.unique_id(arn).as_deref() != Some(*id);
        if !bound.iter().any(|entry| gone(&entry)) {
            return row.text().to_owned();
        }
        let id = |named: &str| bound.iter().find(|(arn, _)| *arn == named).filter(gone).map(|(_, id)| (*id).to_owned());
        policy::renamed(row.text(), &id).unwrap_or_else(|_| row.text().to_owned())
    }
}
