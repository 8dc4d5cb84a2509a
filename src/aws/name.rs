//! What AWS accepts as a name, and how a name that is too long is shortened.

use sha2::{Digest as _, Sha256};

/// The vault that AWS Backup's console makes in every region in which it is opened.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html>.
pub const DEFAULT_VAULT: &str = "Default";

/// A kind of thing that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A system: prefix of stack names.
    System,
    /// A backup vault.
    Vault,
    /// A backup plan.
    Plan,
    /// A rule of a backup plan.
    Rule,
    /// A selection.
    Selection,
    /// An IAM role.
    Role,
    /// The alias of a key, without `alias/`.
    KeyAlias,
    /// An Aurora cluster.
    Cluster,
    /// A DB instance of RDS.
    Database,
    /// A DynamoDB table.
    Table,
    /// A DB subnet group.
    SubnetGroup,
    /// A DB cluster parameter group.
    ClusterParameterGroup,
    /// A DB parameter group, of instances.
    ParameterGroup,
    /// An option group.
    OptionGroup,
}

/// What AWS says of the names of one kind.
#[derive(Debug)]
pub struct NameRule {
    /// The kind in the user's words.
    pub what: &'static str,
    /// Fewest characters.
    pub shortest: usize,
    /// Most characters.
    pub longest: usize,
    /// Which characters, in words.
    pub characters: &'static str,
    /// Where AWS says so.
    pub source: &'static str,
}

impl NameKind {
    /// The limits of this kind.
    pub fn rule(self) -> &'static NameRule {
        match self {
            // The longest suffix of a stack is `-<statement>-backup` of a statement shortened to
            // 40 characters; stack names end at 128.
            Self::System => &NameRule {
                what: "system",
                shortest: 1,
                longest: 64,
                characters: "letters, digits and hyphens, beginning with a letter",
                source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html",
            },
            Self::Vault => &NameRule {
                what: "backup vault",
                shortest: 2,
                longest: 50,
                characters: "letters, digits, hyphens and underscores",
                source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html",
            },
            Self::Plan => &NameRule {
                what: "backup plan",
                shortest: 1,
                longest: 50,
                characters: "letters, digits, hyphens, underscores and periods",
                source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupPlan.html",
            },
            Self::Rule => &NameRule {
                what: "rule",
                shortest: 1,
                longest: 50,
                characters: "letters, digits, hyphens, underscores and periods",
                source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html",
            },
            Self::Selection => &NameRule {
                what: "selection",
                shortest: 1,
                longest: 50,
                characters: "letters, digits, hyphens, underscores and periods",
                source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html",
            },
            Self::Role => &NameRule {
                what: "role",
                shortest: 1,
                longest: 64,
                characters: "letters, digits and the characters _+=,.@-",
                source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
            },
            Self::KeyAlias => &NameRule {
                what: "key",
                shortest: 1,
                longest: 128,
                characters: "letters, digits, hyphens and underscores, not beginning with `aws`",
                source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
            },
            Self::Cluster => &NameRule {
                what: "cluster",
                shortest: 1,
                longest: 63,
                characters: "lower-case letters, digits and single hyphens, beginning with a letter and not ending with a hyphen",
                source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html",
            },
            Self::Database => &NameRule {
                what: "database",
                shortest: 1,
                longest: 63,
                characters: "lower-case letters, digits and single hyphens, beginning with a letter and not ending with a hyphen",
                source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html",
            },
            // Names are case-sensitive.
            Self::Table => &NameRule {
                what: "table",
                shortest: 3,
                longest: 255,
                characters: "letters, digits, hyphens, underscores and periods",
                source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html",
            },
            Self::SubnetGroup => &NameRule {
                what: "DB subnet group",
                shortest: 1,
                longest: 255,
                characters: "lower-case letters, digits, spaces, hyphens, underscores and periods",
                source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html",
            },
            Self::ClusterParameterGroup => &NameRule {
                what: "DB cluster parameter group",
                shortest: 1,
                longest: 255,
                characters: "letters, digits, periods and single hyphens, beginning with a letter and not ending with a hyphen",
                source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html",
            },
            Self::ParameterGroup => &NameRule {
                what: "DB parameter group",
                shortest: 1,
                longest: 255,
                characters: "letters, digits, periods and single hyphens, beginning with a letter and not ending with a hyphen",
                source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html",
            },
            Self::OptionGroup => &NameRule {
                what: "option group",
                shortest: 1,
                longest: 255,
                characters: "lower-case letters, digits, colons and single hyphens, beginning with a letter and not ending with a hyphen",
                source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-rds-optiongroup.html",
            },
        }
    }

    /// The service that stores such names in lower case, so that an ARN with capitals names nothing.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>.
    pub fn lower_case_of(self) -> Option<&'static str> {
        matches!(self, Self::Cluster | Self::Database | Self::SubnetGroup | Self::OptionGroup).then_some("RDS")
    }

    /// Whether AWS accepts `name`.
    pub fn accepts(self, name: &str) -> bool {
        let rule = self.rule();
        (rule.shortest..=rule.longest).contains(&name.chars().count()) && self.accepts_characters(name)
    }

    /// Whether AWS accepts the characters of `name`, however many they are.
    pub fn accepts_characters(self, name: &str) -> bool {
        let begins_with_letter = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let has_capitals = name.contains(|c: char| c.is_ascii_uppercase());
        // RDS's identifiers end with no hyphen and have no two in a row.
        let is_identifier = begins_with_letter && !name.ends_with('-') && !name.contains("--");
        self.odd_character(name).is_none()
            && match self {
                Self::System => begins_with_letter,
                Self::Vault | Self::Plan | Self::Rule | Self::Selection | Self::Role | Self::Table => true,
                Self::KeyAlias => !name.to_ascii_lowercase().starts_with("aws"),
                Self::Cluster | Self::Database | Self::OptionGroup => is_identifier && !has_capitals,
                Self::SubnetGroup => !has_capitals,
                Self::ClusterParameterGroup | Self::ParameterGroup => is_identifier,
            }
    }

    /// The first character of `name` that no name of this kind can have anywhere.
    pub fn odd_character(self, name: &str) -> Option<char> {
        let signs = match self {
            Self::System | Self::Cluster | Self::Database => "-",
            Self::Vault | Self::KeyAlias => "-_",
            Self::Plan | Self::Rule | Self::Selection | Self::Table => "-_.",
            Self::Role => "_+=,.@-",
            Self::SubnetGroup => " -_.",
            // Default groups such as `default.aurora-mysql8.0` have periods in their names.
            Self::ClusterParameterGroup | Self::ParameterGroup => "-.",
            // And such as `default:mysql-8-0` colons.
            Self::OptionGroup => "-:",
        };
        name.chars().find(|c| !c.is_ascii_alphanumeric() && !signs.contains(*c))
    }

    /// `name` with hyphens for what cannot stand in it, where this kind of thing is named by whoever makes
    /// it; `None` when that is no name either, or says nothing.
    pub fn usable(self, name: &str) -> Option<String> {
        if !self.is_named_here() {
            return None;
        }
        let hyphen = |c: char| if self.odd_character(c.encode_utf8(&mut [0; 4])).is_some() { '-' } else { c };
        let plain: String = name.chars().map(hyphen).collect();
        let is_no_beginning = |word: &&str| {
            word.is_empty() || (self == Self::System && !word.starts_with(|c: char| c.is_ascii_alphabetic()))
        };
        let plain = plain.trim_end_matches('-').split('-').skip_while(is_no_beginning).collect::<Vec<_>>().join("-");
        self.accepts(&plain).then_some(plain)
    }

    /// Whether drc makes such things, so that any name may be given to one; the others exist already.
    fn is_named_here(self) -> bool {
        matches!(
            self,
            Self::System | Self::Vault | Self::Plan | Self::Rule | Self::Selection | Self::Role | Self::KeyAlias
        )
    }

    /// `name` if it is short enough; otherwise its beginning and a hash of the whole, so that two
    /// long names stay apart and neither depends on any other.
    pub fn shorten(self, name: &str) -> String {
        let longest = self.rule().longest;
        if name.chars().count() <= longest {
            return name.to_owned();
        }
        let kept: String = name.chars().take(longest - HASH_LENGTH - 1).collect();
        format!("{}-{}", kept.trim_end_matches(['-', '.', '_']), short_hash(name))
    }
}

/// `name` as the name of an export, which CloudFormation takes with letters, digits, colons and hyphens alone. Where others
/// are replaced, a hash behind a colon keeps it apart from names that need none replaced; `name` has no colon itself.
///
/// Seen: "The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or
/// hyphens", <https://github.com/aws/aws-cdk/issues/28563>.
pub fn export(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    if plain == name { plain } else { format!("{plain}:{}", short_hash(name)) }
}

/// Characters of [`short_hash`].
pub const HASH_LENGTH: usize = 8;

/// Eight hexadecimal digits that depend on the whole of `text`.
pub fn short_hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes())).chars().take(HASH_LENGTH).collect()
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|nibble| DIGITS.get(usize::from(nibble))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(kind: NameKind, accepted: &[&str], refused: &[&str]) {
        for name in accepted {
            assert!(kind.accepts(name), "{kind:?} {name}");
        }
        for name in refused {
            assert!(!kind.accepts(name), "{kind:?} {name}");
        }
    }

    #[test]
    fn names_are_accepted_as_aws_does() {
        case(NameKind::Vault, &["ab", "a_b-C1"], &["a", "a.b", "a b", &"x".repeat(51)]);
        case(NameKind::Plan, &["a", "a.b_c-d"], &["", "a b", &"x".repeat(51)]);
        case(NameKind::Cluster, &["mydb", "a-b-1"], &["1db", "my--db", "mydb-", "MyDb", "my_db", &"x".repeat(64)]);
        case(NameKind::Database, &["mydb", "a-b-1"], &["1db", "my--db", "mydb-", "MyDb", "my_db", &"x".repeat(64)]);
        case(NameKind::Table, &["123", "My_Orders.v2-eu", &"x".repeat(255)], &["ab", "a/b", "a b", &"x".repeat(256)]);
        case(NameKind::Role, &["a+=,.@-_"], &["a/b", "", &"x".repeat(65)]);
        case(NameKind::KeyAlias, &["primary-kms"], &["aws-x", "a.b"]);
        case(NameKind::ClusterParameterGroup, &["default.aurora-mysql8.0"], &["-a", "a--b"]);
        case(NameKind::ParameterGroup, &["default.mysql8.0"], &["-a", "a--b", "default:mysql-8-0"]);
        case(NameKind::OptionGroup, &["default:mysql-8-0"], &["-a", "a--b", "a.b", "MyGroup"]);
    }

    #[test]
    fn a_name_that_no_export_may_have_is_replaced_by_one_of_its_own() {
        assert_eq!(export("primary-kms"), "primary-kms");
        assert_eq!(export("my_key"), format!("my-key:{}", short_hash("my_key")));
        let names = ["my_key", "my-key", "my/key", "my__key", "my--key", "my-_key"];
        let exports: std::collections::BTreeSet<String> = names.into_iter().map(export).collect();
        assert_eq!(exports.len(), names.len());
    }

    #[test]
    fn a_refused_name_becomes_a_usable_one() {
        let usable = |kind: NameKind, name| kind.usable(name);
        assert_eq!(usable(NameKind::Vault, "my/vault").as_deref(), Some("my-vault"));
        assert_eq!(usable(NameKind::System, "01-x").as_deref(), Some("x"));
        assert_eq!(usable(NameKind::System, "2nd-site").as_deref(), Some("site"));
        assert_eq!(usable(NameKind::Rule, "'a b'").as_deref(), Some("a-b"));
        assert_eq!(usable(NameKind::Rule, "日次"), None);
        assert_eq!(usable(NameKind::KeyAlias, "aws/x"), None);
        // It exists under another name.
        assert_eq!(usable(NameKind::Cluster, "my/db"), None);
    }

    #[test]
    fn long_names_keep_their_beginning_and_stay_apart() {
        let long = |tail: &str| NameKind::Vault.shorten(&format!("{}{tail}", "v".repeat(60)));
        assert_eq!(NameKind::Vault.shorten("short"), "short");
        assert_eq!(long("a").chars().count(), 50);
        assert_ne!(long("a"), long("b"));
    }
}
