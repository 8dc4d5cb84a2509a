//! Why a generated thing exists: which clause asked for it, and the reason in both languages.
//!
//! INVARIANT: nothing is generated without an [`Origin`].

mod call;
mod key;
mod plan;
mod quote;
mod role;
mod template;
mod vault;

use std::sync::Arc;

pub use quote::{QUOTES, Quote};

pub use crate::text::Sentence;

use crate::source::Span;
use crate::spec::Level;

/// The clause that caused something, and why it had to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The clause by its words, such as `backup mydb / to ap-northeast-3`: stable when lines move.
    pub clause: Arc<str>,
    /// Where the clause stands.
    pub span: Span,
    /// Who decided.
    pub level: Level,
    /// Why.
    pub reason: Reason,
}

impl Origin {
    /// Puts a clause and a reason together.
    pub fn new(clause: impl Into<Arc<str>>, span: Span, level: Level, reason: Reason) -> Self {
        Self { clause: clause.into(), span, level, reason }
    }

    /// The same clause for another reason.
    #[must_use]
    pub fn because(&self, reason: Reason) -> Self {
        Self { reason, ..self.clone() }
    }
}

/// What a reason says.
#[derive(Clone, Copy, Debug)]
struct Text {
    why: Sentence,
    without: Sentence,
    source: &'static str,
}

macro_rules! reasons {
    ($($(#[doc = $doc:expr])+ $name:ident = $text:path;)+) => {
        /// Why something is generated.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            const fn text(self) -> Text {
                match self {
                    $(Self::$name => $text,)+
                }
            }

            /// The reason's name, as machine formats write it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }
        }
    };
}

impl Reason {
    /// What it is for.
    pub const fn why(self) -> Sentence {
        self.text().why
    }

    /// What breaks without it.
    pub const fn without(self) -> Sentence {
        self.text().without
    }

    /// The page that says so.
    pub const fn source(self) -> &'static str {
        self.text().source
    }

    /// Whether it says only what every template says.
    pub const fn is_formal(self) -> bool {
        matches!(self, Self::TemplateVersion | Self::TemplateDescription | Self::Metadata | Self::DescriptionOfResource)
    }

    /// The error texts of AWS that it quotes.
    pub fn quotes(self) -> impl Iterator<Item = &'static Quote> {
        let (why, without) = (self.why().en, self.without().en);
        QUOTES.iter().filter(move |quote| {
            let quoted = format!("\"{}\"", quote.text);
            why.contains(&quoted) || without.contains(&quoted)
        })
    }
}

reasons! {
    /// The version of the template format.
    TemplateVersion = template::TEMPLATE_VERSION;
    /// What a stack is for.
    TemplateDescription = template::TEMPLATE_DESCRIPTION;
    /// The reasons that travel with the template.
    Metadata = template::METADATA;
    /// Kept when its stack goes.
    Retain = template::RETAIN;
    /// A selection waits for the policy of its role.
    WaitForPolicy = template::WAIT_FOR_POLICY;
    /// A policy waits for its role.
    WaitForRole = template::WAIT_FOR_ROLE;
    /// The description of a resource.
    DescriptionOfResource = template::DESCRIPTION_OF_RESOURCE;
    /// The first stack: primary keys.
    StackOfPrimaryKeys = template::STACK_OF_PRIMARY_KEYS;
    /// The second stack: replica keys.
    StackOfReplicaKeys = template::STACK_OF_REPLICA_KEYS;
    /// The third stack: vaults for copies.
    StackOfDestination = template::STACK_OF_DESTINATION;
    /// The last stack: plans, roles and the source vault.
    StackOfSource = template::STACK_OF_SOURCE;
    /// A stack for one statement.
    StackOfStatement = template::STACK_OF_STATEMENT;
    /// Acknowledging named roles.
    NamedIam = template::NAMED_IAM;
    /// The multi-Region primary key of a source region.
    PrimaryKey = key::PRIMARY_KEY;
    /// A replica of a primary key in a destination region.
    ReplicaKey = key::REPLICA_KEY;
    /// A replica in a region where copies still lie.
    FormerReplicaKey = key::FORMER_REPLICA_KEY;
    /// The alias of a key.
    KeyAlias = key::KEY_ALIAS;
    /// The key policy statement that hands decisions to IAM.
    KeyPolicyAccount = key::KEY_POLICY_ACCOUNT;
    /// The key policy statement for administrators.
    KeyPolicyAdministrators = key::KEY_POLICY_ADMINISTRATORS;
    /// A key that can have replicas.
    MultiRegion = key::MULTI_REGION;
    /// Automatic rotation of the key material.
    Rotation = key::ROTATION;
    /// A key that keeps its first material.
    NoRotation = key::NO_ROTATION;
    /// The policy of a key.
    KeyPolicy = key::KEY_POLICY;
    /// The resource of a key policy.
    KeyPolicyItself = key::KEY_POLICY_ITSELF;
    /// The key of which a replica is made.
    PrimaryKeyArn = key::PRIMARY_KEY_ARN;
    /// The replica of a key that exists.
    ExistingPrimaryKey = key::EXISTING_PRIMARY_KEY;
    /// The parameter for the ARN of a primary key.
    PrimaryKeyParameter = key::PRIMARY_KEY_PARAMETER;
    /// The key that an alias names.
    AliasTarget = key::ALIAS_TARGET;
    /// The export of the ARN of a key.
    ExportKeyArn = key::EXPORT_KEY_ARN;
    /// The export of the id of a key.
    ExportKeyId = key::EXPORT_KEY_ID;
    /// The vault in the source region.
    SourceVault = vault::SOURCE_VAULT;
    /// The vault for copies.
    DestinationVault = vault::DESTINATION_VAULT;
    /// A vault that nothing is copied to any more.
    FormerVault = vault::FORMER_VAULT;
    /// The name of a vault.
    VaultName = vault::VAULT_NAME;
    /// The key of the source vault.
    SourceVaultKey = vault::SOURCE_VAULT_KEY;
    /// The key of a vault for copies.
    DestinationVaultKey = vault::DESTINATION_VAULT_KEY;
    /// Vaults without an access policy.
    VaultWithoutPolicy = vault::VAULT_WITHOUT_POLICY;
    /// The backup plan.
    Plan = plan::PLAN;
    /// The selection.
    Selection = plan::SELECTION;
    /// The name of a plan.
    PlanName = plan::PLAN_NAME;
    /// The name of a rule.
    RuleName = plan::RULE_NAME;
    /// The vault that a rule writes to.
    TargetVault = plan::TARGET_VAULT;
    /// A schedule in UTC.
    ScheduleUtc = plan::SCHEDULE_UTC;
    /// A schedule in a zone.
    ScheduleInZone = plan::SCHEDULE_IN_ZONE;
    /// A rule of the spec that AWS needs several rules for.
    SeveralRules = plan::SEVERAL_RULES;
    /// How late a job may start.
    StartWindow = plan::START_WINDOW;
    /// How long a job may take.
    CompletionWindow = plan::COMPLETION_WINDOW;
    /// How long recovery points are kept.
    Lifecycle = plan::LIFECYCLE;
    /// Recovery points that never expire.
    KeptForever = plan::KEPT_FOREVER;
    /// A copy in another region.
    Copy = plan::COPY;
    /// The vault that is copied into.
    CopyDestination = plan::COPY_DESTINATION;
    /// How long copies are kept.
    CopyLifecycle = plan::COPY_LIFECYCLE;
    /// Copies that never expire.
    CopyKeptForever = plan::COPY_KEPT_FOREVER;
    /// A recovery point objective that is promised.
    PromisedRpo = plan::PROMISED_RPO;
    /// Windows that AWS Backup heeds for other engines.
    WindowsOfOthers = plan::WINDOWS_OF_OTHERS;
    /// Tags of what is made for one statement.
    Tags = plan::TAGS;
    /// Tags of what statements share.
    SharedTags = plan::SHARED_TAGS;
    /// The name of a selection.
    SelectionName = plan::SELECTION_NAME;
    /// The plan of a selection.
    SelectionPlan = plan::SELECTION_PLAN;
    /// The role that AWS Backup assumes.
    SelectionRole = plan::SELECTION_ROLE;
    /// A cluster in a selection.
    SelectedCluster = plan::SELECTED_CLUSTER;
    /// Aurora is switched on in each region by hand.
    ServiceOptIn = plan::SERVICE_OPT_IN;
    /// The role.
    Role = role::ROLE;
    /// A role that exists already.
    ExistingRole = role::EXISTING_ROLE;
    /// The trust policy.
    RoleTrust = role::ROLE_TRUST;
    /// The role's policy.
    RolePolicy = role::ROLE_POLICY;
    /// The name of the role.
    RoleName = role::ROLE_NAME;
    /// The service that may assume the role.
    TrustedService = role::TRUSTED_SERVICE;
    /// The version of the policy language.
    PolicyVersion = role::POLICY_VERSION;
    /// The name of the role's policy.
    PolicyName = role::POLICY_NAME;
    /// The role that the policy belongs to.
    PolicyRole = role::POLICY_ROLE;
    /// A policy that is too long to be inline.
    SplitPolicy = role::SPLIT_POLICY;
    /// A managed policy of the role.
    AttachedPolicy = role::ATTACHED_POLICY;
    /// How narrow the policy is, and against what that is measured.
    Minimal = role::MINIMAL;
    /// How the policy is divided.
    PolicyStatement = role::POLICY_STATEMENT;
    /// An action that knows no resources.
    EverythingOnly = role::EVERYTHING_ONLY;
    /// The ARN of a cluster that is backed up.
    BackedUpCluster = role::BACKED_UP_CLUSTER;
    /// The ARN patterns of everything that is read.
    ReadResources = role::READ_RESOURCES;
    /// The ARN pattern of restored clusters.
    RestoredCluster = role::RESTORED_CLUSTER;
    /// AWS Backup's snapshots in the source region.
    SnapshotsAtSource = role::SNAPSHOTS_AT_SOURCE;
    /// AWS Backup's snapshots in a destination region.
    SnapshotsAtDestination = role::SNAPSHOTS_AT_DESTINATION;
    /// The groups that a restored cluster is put into.
    RestoreGroups = role::RESTORE_GROUPS;
    /// The ARN of the source vault.
    SourceVaultArn = role::SOURCE_VAULT_ARN;
    /// The ARN of a vault for copies.
    DestinationVaultArn = role::DESTINATION_VAULT_ARN;
    /// The key of the clusters.
    ClusterKeyArn = role::CLUSTER_KEY_ARN;
    /// The key of the clusters, where the spec does not say which.
    UnknownClusterKeyArn = role::UNKNOWN_CLUSTER_KEY_ARN;
    /// The key of the source vault.
    SourceKeyArn = role::SOURCE_KEY_ARN;
    /// The key of a vault for copies.
    DestinationKeyArn = role::DESTINATION_KEY_ARN;
    /// AWS managed keys, whose ids are not known.
    ManagedKeyArn = role::MANAGED_KEY_ARN;
    /// The condition on grants.
    OnlyForAwsResources = role::ONLY_FOR_AWS_RESOURCES;
    /// The condition on data keys.
    OnlyThroughServices = role::ONLY_THROUGH_SERVICES;
    /// The condition on what RDS does with a key that the spec does not name.
    OnlyThroughRds = role::ONLY_THROUGH_RDS;
    /// The condition on the aliases of keys.
    OnlyManagedKeys = role::ONLY_MANAGED_KEYS;
    /// A restore makes no instances.
    RestoreWithoutInstances = role::RESTORE_WITHOUT_INSTANCES;
    /// A statement without restores.
    NoRestore = role::NO_RESTORE;
    /// Copying back after the disaster.
    WayBack = role::WAY_BACK;
    /// Finding resources.
    FindResources = call::FIND_RESOURCES;
    /// Looking at clusters.
    DescribeClusters = call::DESCRIBE_CLUSTERS;
    /// Looking at snapshots.
    DescribeSnapshots = call::DESCRIBE_SNAPSHOTS;
    /// Reading tags.
    ReadTags = call::READ_TAGS;
    /// Making snapshots.
    CreateSnapshot = call::CREATE_SNAPSHOT;
    /// Tagging snapshots.
    TagSnapshots = call::TAG_SNAPSHOTS;
    /// Copying snapshots.
    CopySnapshot = call::COPY_SNAPSHOT;
    /// Reading vaults.
    DescribeVault = call::DESCRIBE_VAULT;
    /// Copying into vaults.
    CopyIntoVault = call::COPY_INTO_VAULT;
    /// Copying from recovery points.
    CopyFromVault = call::COPY_FROM_VAULT;
    /// Deleting expired snapshots.
    DeleteSnapshot = call::DELETE_SNAPSHOT;
    /// Restoring clusters.
    RestoreCluster = call::RESTORE_CLUSTER;
    /// Tagging restored clusters.
    TagRestoredCluster = call::TAG_RESTORED_CLUSTER;
    /// Looking at keys.
    DescribeKey = call::DESCRIBE_KEY;
    /// Looking at the clusters' key where the spec does not say which it is.
    DescribeUnknownKey = call::DESCRIBE_UNKNOWN_KEY;
    /// Granting the use of that key to RDS.
    GrantUnknownKey = call::GRANT_UNKNOWN_KEY;
    /// Using data keys of that key through RDS.
    UseUnknownKey = call::USE_UNKNOWN_KEY;
    /// Granting key use to RDS.
    GrantKey = call::GRANT_KEY;
    /// Using data keys through RDS and AWS Backup.
    UseDataKeys = call::USE_DATA_KEYS;
    /// Looking at AWS managed keys.
    DescribeManagedKeys = call::DESCRIBE_MANAGED_KEYS;
}
