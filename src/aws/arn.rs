//! ARNs of keys, vaults, roles and principals that a spec names.

use super::name::NameKind;
use super::region::{self, Region};

/// The ARN of a key, a vault or a role that exists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arn {
    text: String,
}

/// Why a text is not the ARN that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnProblem {
    /// The ARN of something else, or no ARN.
    Shape,
    /// The ARN of a key's alias, which IAM and AWS Backup do not resolve.
    Alias,
    /// Partition and region do not exist together, or the partition does not exist.
    Region,
    /// The account is not 12 digits.
    Account,
    /// AWS accepts no such name.
    Name,
}

impl Arn {
    /// Reads that of a key, `arn:partition:kms:region:account:key/id`.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN>.
    ///
    /// # Errors
    ///
    /// When the text has another shape, or names an alias.
    pub fn key(text: &str) -> Result<Self, ArnProblem> {
        let is_id = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        Self::read(text, "kms", "key/", is_id)
    }

    /// Reads that of a vault, `arn:partition:backup:region:account:backup-vault:name`.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html>.
    ///
    /// # Errors
    ///
    /// When the text has another shape, or names another kind of thing.
    pub fn vault(text: &str) -> Result<Self, ArnProblem> {
        Self::read(text, "backup", "backup-vault:", |name| NameKind::Vault.accepts(name))
    }

    /// Reads that of a role, `arn:partition:iam::account:role/path/name`; the path may be missing.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>.
    ///
    /// # Errors
    ///
    /// When the text has another shape, or names another kind of thing.
    pub fn role(text: &str) -> Result<Self, ArnProblem> {
        Self::read(text, "iam", "role/", |path| {
            path.rsplit('/').next().is_some_and(|name| NameKind::Role.accepts(name)) && is_path_and_name(path)
        })
    }

    fn read(text: &str, service: &str, before: &str, is_name: impl Fn(&str) -> bool) -> Result<Self, ArnProblem> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let &["arn", partition, found, region_code, account, resource] = parts.as_slice() else {
            return Err(ArnProblem::Shape);
        };
        // IAM is in no region.
        let is_global = service == "iam";
        if found != service || (is_global && !region_code.is_empty()) {
            return Err(ArnProblem::Shape);
        }
        let Some(name) = resource.strip_prefix(before) else {
            return Err(if resource.starts_with("alias/") { ArnProblem::Alias } else { ArnProblem::Shape });
        };
        let is_there =
            |region: &Region| region.partition.id() == partition && (is_global || region.code == region_code);
        if !region::REGIONS.iter().any(is_there) {
            return Err(ArnProblem::Region);
        }
        if !is_account_id(account) {
            return Err(ArnProblem::Account);
        }
        if is_name(name) { Ok(Self { text: text.to_owned() }) } else { Err(ArnProblem::Name) }
    }

    /// The whole ARN.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The partition.
    pub fn partition(&self) -> &str {
        self.segment(1)
    }

    /// The region that it is in; a role is in none.
    pub fn region(&self) -> Option<&'static Region> {
        region::find(self.segment(3))
    }

    /// The account that owns it.
    pub fn account(&self) -> &str {
        self.segment(4)
    }

    /// The name of a vault, that of a role without its path, or the id of a key.
    pub fn name(&self) -> &str {
        self.text.rsplit([':', '/']).next().unwrap_or("")
    }

    /// Whether it is a multi-Region key: its id begins with `mrk-`.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html>.
    pub fn is_multi_region(&self) -> bool {
        self.name().starts_with("mrk-")
    }

    fn segment(&self, index: usize) -> &str {
        self.text.split(':').nth(index).unwrap_or("")
    }
}

/// Whether a text is an account id: 12 digits.
///
/// Source: <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html>.
pub(crate) fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An ARN of its parts behind `arn`: partition, service, region, account and resource.
pub(crate) fn arn(parts: [&str; 5]) -> String {
    let [partition, service, region, account, resource] = parts;
    ["arn", partition, service, region, account, resource].join(":")
}

/// Who may administer a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Principal {
    /// `role/NAME` or `user/NAME` of the account that is deployed to.
    Local(String),
    /// The ARN of a role, a user or an account.
    Arn(String),
}

impl Principal {
    /// Reads `role/NAME`, `user/NAME` or an IAM ARN.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>.
    pub fn parse(text: &str) -> Option<Self> {
        if text.starts_with("arn:") {
            let is_principal = |resource: &str| resource == "root" || is_role_or_user(resource);
            return Arn::read(text, "iam", "", is_principal).ok().map(|arn| Self::Arn(arn.text));
        }
        is_role_or_user(text).then(|| Self::Local(text.to_owned()))
    }
}

/// Most characters of the name of a role or a user.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>.
pub(crate) const LONGEST_PRINCIPAL_NAME: usize = 64;

/// Most characters of a path, its slashes included.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>.
const LONGEST_PATH: usize = 512;

fn is_role_or_user(text: &str) -> bool {
    text.strip_prefix("role/").or_else(|| text.strip_prefix("user/")).is_some_and(is_path_and_name)
}

fn is_path_and_name(name: &str) -> bool {
    // IAM's longest name and, with a slash on either side, its longest path.
    let (path, last) = name.rsplit_once('/').unwrap_or(("", name));
    last.len() <= LONGEST_PRINCIPAL_NAME
        && path.len() + 2 <= LONGEST_PATH
        && !name.is_empty()
        && !name.starts_with('/')
        && !name.ends_with('/')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_arns() {
        let single = Arn::key("arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab").unwrap();
        assert!(!single.is_multi_region());
        assert_eq!(single.account(), "111122223333");
        assert!(Arn::key("arn:aws:kms:eu-west-1:111122223333:key/mrk-1234").unwrap().is_multi_region());
        let problem = |text| Arn::key(text).unwrap_err();
        assert_eq!(problem("arn:aws:kms:eu-west-1:111122223333:alias/x"), ArnProblem::Alias);
        assert_eq!(problem("arn:aws:kms:eu-west-9:111122223333:key/x"), ArnProblem::Region);
        assert_eq!(problem("arn:aws-cn:kms:eu-west-1:111122223333:key/x"), ArnProblem::Region);
        assert_eq!(problem("arn:aws:kms:eu-west-1:1:key/x"), ArnProblem::Account);
        assert_eq!(problem("arn:aws:rds:eu-west-1:111122223333:cluster:x"), ArnProblem::Shape);
    }

    #[test]
    fn vault_arns() {
        let vault = Arn::vault("arn:aws:backup:eu-west-1:111122223333:backup-vault:nightly").unwrap();
        assert_eq!((vault.name(), vault.account()), ("nightly", "111122223333"));
        let problem = |text| Arn::vault(text).unwrap_err();
        assert_eq!(problem("arn:aws:backup:eu-west-1:111122223333:backup-plan:nightly"), ArnProblem::Shape);
        assert_eq!(problem("arn:aws:backup:eu-west-9:111122223333:backup-vault:nightly"), ArnProblem::Region);
        assert_eq!(problem("arn:aws-cn:backup:eu-west-1:111122223333:backup-vault:nightly"), ArnProblem::Region);
        assert_eq!(problem("arn:aws:backup:eu-west-1::backup-vault:nightly"), ArnProblem::Account);
        assert_eq!(problem("arn:aws:backup:eu-west-1:111122223333:backup-vault:aws/efs/vault"), ArnProblem::Name);
    }

    #[test]
    fn role_arns() {
        let role = Arn::role("arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole").unwrap();
        assert_eq!((role.name(), role.account()), ("AWSBackupDefaultServiceRole", "111122223333"));
        let problem = |text| Arn::role(text).unwrap_err();
        assert_eq!(problem("arn:aws:iam::111122223333:user/alice"), ArnProblem::Shape);
        assert_eq!(problem("arn:aws:sts::111122223333:assumed-role/a/b"), ArnProblem::Shape);
        assert_eq!(problem("arn:aws-mars:iam::111122223333:role/a"), ArnProblem::Region);
        assert_eq!(problem("arn:aws:iam::1:role/a"), ArnProblem::Account);
        assert_eq!(problem("arn:aws:iam::111122223333:role/path/"), ArnProblem::Name);
    }

    #[test]
    fn principals() {
        assert!(Principal::parse("role/KeyAdmin").is_some());
        assert!(Principal::parse("user/ops/alice").is_some());
        assert!(Principal::parse("arn:aws:iam::111122223333:role/KeyAdmin").is_some());
        assert!(Principal::parse("arn:aws:iam::111122223333:root").is_some());
        let role = |length| Principal::parse(&format!("role/{}", "x".repeat(length)));
        assert!(role(64).is_some() && role(65).is_none());
        for wrong in ["KeyAdmin", "role/", "group/x", "role/a b", "arn:aws:sts::111122223333:role/x"] {
            assert!(Principal::parse(wrong).is_none(), "{wrong}");
        }
    }
}
