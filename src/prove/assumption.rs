//! What is not in the templates and has to be true all the same.

use std::collections::BTreeSet;

use super::attached::{Attached, PolicyKind};
use super::request::component;
use super::site::DeployedStatement;
use crate::kind::call::SERVICE;
use crate::spec::{KeyName, ResourceKey, Spec, Statement, VaultName};
use crate::text::{Sentence, Text, say};

/// The account of a deployment whose spec names none.
const ACCOUNT: &str = "111122223333";

/// The account that a spec is deployed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account<'a> {
    /// Its id.
    pub id: &'a str,
    /// How it is known.
    pub known_by: KnownBy,
}

/// How the account of a deployment is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    /// The spec names it or gives it away.
    Spec,
    /// A key that the spec names is taken to be of the same account.
    Key,
    /// Not at all: it is an example.
    Nothing,
}

impl<'a> Account<'a> {
    /// The one that the spec names or gives away, else that of the first key that it names, those of
    /// the resources among them, else an example.
    pub(super) fn of(spec: &'a Spec) -> Self {
        let known = spec.in_account().first().map(|found| (found.account, KnownBy::Spec));
        let of_key = || {
            let mut keys = spec.statements().flat_map(|(_, statement)| keys(statement));
            keys.find_map(|key| Some((key.existing()?.account(), KnownBy::Key)))
        };
        let (id, known_by) = known.or_else(of_key).unwrap_or((ACCOUNT, KnownBy::Nothing));
        Self { id, known_by }
    }

    /// What is taken for granted about it.
    pub fn assumption(&self) -> Option<Text> {
        let id = self.id;
        match self.known_by {
            KnownBy::Spec => None,
            KnownBy::Key => Some(say!(
                "the stacks are deployed in account {id}, as the keys are that the spec names; `account {id}` says so",
                "スタックは、定義に書かれたキーと同じアカウント {id} にデプロイするものとします。`account {id}` と書くと明示できます"
            )),
            KnownBy::Nothing => Some(say!(
                "{id} stands for the account, which the spec does not name",
                "{id} は、定義に書かれていないデプロイ先アカウントの例です"
            )),
        }
    }
}

/// The keys that a statement names, of its places and of its resources.
fn keys(statement: &Statement) -> impl Iterator<Item = &KeyName> {
    let of_clusters = match &statement.resource_key {
        ResourceKey::Written(key) => Some(&key.value),
        ResourceKey::Unknown => None,
    };
    statement.places().map(|place| &place.key.value).chain(of_clusters)
}

/// What a proof of a role takes for granted, in sentences.
pub(super) fn assumptions(deployed: &DeployedStatement<'_>) -> Vec<Text> {
    let examples: Vec<&str> = deployed.resource_keys.iter().map(|key| key.arn.as_str()).collect();
    let is_example = |policy: &&Attached| deployed.has_unknown_key() && examples.contains(&&*policy.target);
    let account = deployed.account;
    let groups = deployed.statement.groups.iter().filter(|_| deployed.has_unknown_key());
    let unknown = groups.map(|group| {
        let Sentence { en: many, ja: many_ja } = group.kind.words.many;
        say!(
            "the key of the {many}, which `encrypted by` does not name, lets account {account} use it and make grants, in whichever account it is",
            "`encrypted by` で指定していない{many_ja}のキーが、どのアカウントのものであっても、アカウント {account} にキーの使用とグラントの作成を許可していること"
        )
    });
    let policies = deployed.policies.iter().filter(|policy| !is_example(policy));
    let assumed = policies.filter_map(|policy| of_policy(policy, account));
    unknown.chain(assumed).chain(of_vaults(deployed)).collect()
}

/// What is assumed of a policy that no template has.
fn of_policy(policy: &Attached, account: &str) -> Option<Text> {
    let (arn, owner) = (&policy.target, component(&policy.target, 4).unwrap_or_default());
    match policy.kind {
        PolicyKind::Assumed if owner == account => Some(say!(
            "the policy of {arn} lets its account decide with IAM policies, as the default key policy does",
            "{arn} のキーポリシーが、デフォルトのキーポリシーと同じく、IAM ポリシーによる許可をアカウントに委ねていること"
        )),
        PolicyKind::Assumed => Some(say!(
            "the policy of {arn}, a key of another account, lets account {account} use the key and make grants",
            "別のアカウントのキー {arn} のキーポリシーが、アカウント {account} にキーの使用とグラントの作成を許可していること"
        )),
        PolicyKind::AssumedOfAdministrator => Some(say!(
            "account {owner} allows {arn} to administer the keys",
            "アカウント {owner} が {arn} にキーの管理を許可していること"
        )),
        PolicyKind::Required => Some(say!(
            "{arn} exists and is allowed what `drc explain` shows as its policy; what else it is allowed is not looked at",
            "{arn} が存在し、`drc explain` がそのポリシーとして示す内容を許可されていること。それ以外に何が許可されているかは対象外です"
        )),
        PolicyKind::RequiredTrust => {
            Some(say!("{arn} lets {SERVICE} assume it", "{arn} が {SERVICE} による引き受けを許可していること"))
        }
        PolicyKind::Inline | PolicyKind::Managed | PolicyKind::Trust | PolicyKind::Key => None,
    }
}

/// What is assumed of vaults that exist.
fn of_vaults(deployed: &DeployedStatement<'_>) -> BTreeSet<Text> {
    let existing = deployed.statement.places().filter_map(|place| match (&place.vault.value, &place.key.value) {
        (VaultName::Existing(vault), KeyName::Existing(key)) => Some((vault.as_str(), key.as_str())),
        (VaultName::Existing(_), KeyName::Made(_)) | (VaultName::Made(_), _) => None,
    });
    let sentence = |(vault, key)| {
        say!(
            "{vault} exists, is encrypted with {key}, and its access policy denies the role and whoever deploys nothing",
            "{vault} が存在し、{key} で暗号化されており、そのアクセスポリシーがロールもデプロイする人も拒否していないこと"
        )
    };
    existing.map(sentence).collect()
}
