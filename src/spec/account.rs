//! Which account a spec is deployed to: as it says, or as follows from what it names.

use super::{Spec, Statement, System};
use crate::aws::location::AccountId;
use crate::source::{Span, Spanned};

/// Something that is in the account of the deployment.
#[derive(Clone, Copy, Debug)]
pub struct InAccount<'a> {
    /// The account.
    pub account: &'a str,
    /// Where it is written.
    pub span: Span,
    /// What is in it.
    pub what: Anchor,
}

/// What can only be in the account of the deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// `account` says so.
    Item,
    /// A key of which replicas are made: a replica is in the account of its primary key.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html>.
    PrimaryKey,
    /// A vault: copies go to vaults of the same account.
    Vault,
    /// A role, which AWS Backup takes in its own account.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>.
    Role,
}

impl System {
    /// The id of an account, where the file names it.
    pub fn written_account(&self, account: AccountId) -> Option<&Spanned<String>> {
        self.accounts.get(account.0)?.as_ref()
    }

    /// Everything that says in which account the system is deployed, `account` first.
    pub fn in_account(&self) -> impl Iterator<Item = InAccount<'_>> {
        let item = self.written_account(AccountId::OWN).into_iter();
        let item = item.map(|item| InAccount { account: &item.node, span: item.span, what: Anchor::Item });
        item.chain(self.statements.iter().flat_map(Statement::in_account))
    }

    /// The account that it is deployed to, where the spec names it or an ARN gives it away.
    pub fn known_account(&self) -> Option<&str> {
        self.in_account().next().map(|found| found.account)
    }
}

impl Spec {
    /// Everything that says in which account a build is deployed, `account` items first.
    pub fn in_account(&self) -> Vec<InAccount<'_>> {
        let mut all: Vec<InAccount<'_>> = self.systems.iter().flat_map(System::in_account).collect();
        all.sort_by_key(|found| found.what != Anchor::Item);
        all
    }
}

impl Statement {
    fn in_account(&self) -> impl Iterator<Item = InAccount<'_>> {
        let keys = self.uses().filter_map(|used| used.replica_of()).map(|place| (&place.key, Anchor::PrimaryKey));
        let vaults = self.places().map(|place| (&place.vault, Anchor::Vault));
        keys.chain(vaults).chain([(&self.role, Anchor::Role)]).filter_map(|(named, what)| {
            Some(InAccount { account: named.value.existing()?.account(), span: named.span, what })
        })
    }
}
