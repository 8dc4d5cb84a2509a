//! ARNs of keys, vaults, roles and principals that a spec names.

use super::name::NameKind;
use super::region::{self, Region};

/// The ARN of a key that exists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyArn {
    text: String,
}

/// Why a text is not the ARN of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyArnProblem {
    /// Not `arn:partition:kms:region:account:key/id`.
    Shape,
    /// The ARN of an alias, which IAM and AWS Backup do not resolve.
    Alias,
    /// The region is not known.
    Region,
    /// The account is not 12 digits.
    Account,
}

impl KeyArn {
    /// Reads `arn:partition:kms:region:account:key/id`.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN>.
    ///
    /// # Errors
    ///
    /// When the text has another shape, or names an alias.
    pub fn parse(text: &str) -> Result<Self, KeyArnProblem> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let [_, partition, "kms", region_code, account, resource] = parts.as_slice() else {
            return Err(KeyArnProblem::Shape);
        };
        if resource.starts_with("alias/") {
            return Err(KeyArnProblem::Alias);
        }
        let id = resource.strip_prefix("key/").unwrap_or("");
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err(KeyArnProblem::Shape);
        }
        if !is_account_id(account) {
            return Err(KeyArnProblem::Account);
        }
        match region::find(region_code) {
            Some(region) if region.partition.id() == *partition => Ok(Self { text: text.to_owned() }),
            _ => Err(KeyArnProblem::Region),
        }
    }

    /// The whole ARN.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The region that the key is in.
    pub fn region(&self) -> Option<&'static Region> {
        self.segment(3).and_then(region::find)
    }

    /// The account that owns the key.
    pub fn account(&self) -> &str {
        self.segment(4).unwrap_or("")
    }

    /// Whether the key is a multi-Region key: its id begins with `mrk-`.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html>.
    pub fn is_multi_region(&self) -> bool {
        self.segment(5).is_some_and(|resource| resource.starts_with("key/mrk-"))
    }

    fn segment(&self, index: usize) -> Option<&str> {
        self.text.split(':').nth(index)
    }
}

/// The ARN of a backup vault that exists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VaultArn {
    text: String,
}

/// Why a text is not the ARN of a vault or a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnProblem {
    /// The ARN of something else, or no ARN.
    Shape,
    /// Partition and region do not exist together, or the partition does not exist.
    Region,
    /// The account is not 12 digits.
    Account,
    /// AWS accepts no such name.
    Name,
}

impl VaultArn {
    /// Reads `arn:partition:backup:region:account:backup-vault:name`.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html>.
    ///
    /// # Errors
    ///
    /// When the text has another shape, or names another kind of thing.
    pub fn parse(text: &str) -> Result<Self, ArnProblem> {
        let parts: Vec<&str> = text.split(':').collect();
        let ["arn", partition, "backup", region_code, account, "backup-vault", name] = parts.as_slice() else {
            return Err(ArnProblem::Shape);
        };
        if region::find(region_code).is_none_or(|region| region.partition.id() != *partition) {
            return Err(ArnProblem::Region);
        }
        if !is_account_id(account) {
            return Err(ArnProblem::Account);
        }
        if !NameKind::Vault.accepts(name) {
            return Err(ArnProblem::Name);
        }
        Ok(Self { text: text.to_owned() })
    }

    /// The whole ARN.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The region that the vault is in.
    pub fn region(&self) -> Option<&'static Region> {
        self.text.split(':').nth(3).and_then(region::find)
    }

    /// The account that owns the vault.
    pub fn account(&self) -> &str {
        self.text.split(':').nth(4).unwrap_or("")
    }

    /// The vault's name.
    pub fn name(&self) -> &str {
        self.text.rsplit(':').next().unwrap_or("")
    }
}

/// The ARN of a role that exists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleArn {
    text: String,
}

impl RoleArn {
    /// Reads `arn:partition:iam::account:role/path/name`; the path may be missing.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>.
    ///
    /// # Errors
    ///
    /// When the text has another shape, or names another kind of thing.
    pub fn parse(text: &str) -> Result<Self, ArnProblem> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, "iam", "", account, resource] = parts.as_slice() else {
            return Err(ArnProblem::Shape);
        };
        let Some(path) = resource.strip_prefix("role/") else { return Err(ArnProblem::Shape) };
        if region::REGIONS.iter().all(|region| region.partition.id() != *partition) {
            return Err(ArnProblem::Region);
        }
        if !is_account_id(account) {
            return Err(ArnProblem::Account);
        }
        let mut segments = path.rsplit('/');
        if !segments.next().is_some_and(|name| NameKind::Role.accepts(name)) || !is_role_or_user(resource) {
            return Err(ArnProblem::Name);
        }
        Ok(Self { text: text.to_owned() })
    }

    /// The whole ARN.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The partition.
    pub fn partition(&self) -> &str {
        self.text.split(':').nth(1).unwrap_or("")
    }

    /// The account that the role is in.
    pub fn account(&self) -> &str {
        self.text.split(':').nth(4).unwrap_or("")
    }

    /// The role's name, without its path.
    pub fn name(&self) -> &str {
        self.text.rsplit('/').next().unwrap_or("")
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
        if let Some(rest) = text.strip_prefix("arn:") {
            let parts: Vec<&str> = rest.splitn(5, ':').collect();
            let [partition, "iam", "", account, resource] = parts.as_slice() else {
                return None;
            };
            let known = region::REGIONS.iter().any(|region| region.partition.id() == *partition);
            let valid = known && is_account_id(account) && (*resource == "root" || is_role_or_user(resource));
            return valid.then(|| Self::Arn(text.to_owned()));
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
    let Some(name) = text.strip_prefix("role/").or_else(|| text.strip_prefix("user/")) else {
        return false;
    };
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
        let single = KeyArn::parse("arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab").unwrap();
        assert!(!single.is_multi_region());
        assert_eq!(single.account(), "111122223333");
        assert!(KeyArn::parse("arn:aws:kms:eu-west-1:111122223333:key/mrk-1234").unwrap().is_multi_region());
        let problem = |text| KeyArn::parse(text).unwrap_err();
        assert_eq!(problem("arn:aws:kms:eu-west-1:111122223333:alias/x"), KeyArnProblem::Alias);
        assert_eq!(problem("arn:aws:kms:eu-west-9:111122223333:key/x"), KeyArnProblem::Region);
        assert_eq!(problem("arn:aws-cn:kms:eu-west-1:111122223333:key/x"), KeyArnProblem::Region);
        assert_eq!(problem("arn:aws:kms:eu-west-1:1:key/x"), KeyArnProblem::Account);
        assert_eq!(problem("arn:aws:rds:eu-west-1:111122223333:cluster:x"), KeyArnProblem::Shape);
    }

    #[test]
    fn vault_arns() {
        let vault = VaultArn::parse("arn:aws:backup:eu-west-1:111122223333:backup-vault:nightly").unwrap();
        assert_eq!((vault.name(), vault.account()), ("nightly", "111122223333"));
        let problem = |text| VaultArn::parse(text).unwrap_err();
        assert_eq!(problem("arn:aws:backup:eu-west-1:111122223333:backup-plan:nightly"), ArnProblem::Shape);
        assert_eq!(problem("arn:aws:backup:eu-west-9:111122223333:backup-vault:nightly"), ArnProblem::Region);
        assert_eq!(problem("arn:aws-cn:backup:eu-west-1:111122223333:backup-vault:nightly"), ArnProblem::Region);
        assert_eq!(problem("arn:aws:backup:eu-west-1::backup-vault:nightly"), ArnProblem::Account);
        assert_eq!(problem("arn:aws:backup:eu-west-1:111122223333:backup-vault:aws/efs/vault"), ArnProblem::Name);
    }

    #[test]
    fn role_arns() {
        let role = RoleArn::parse("arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole").unwrap();
        assert_eq!((role.name(), role.account()), ("AWSBackupDefaultServiceRole", "111122223333"));
        let problem = |text| RoleArn::parse(text).unwrap_err();
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
