//! RDS DB instances, which the language calls databases. A recovery point is a DB snapshot, under the key of the
//! instance; a copy is under the key of its vault.
//!
//! What AWS documents as not needed here is not called:
//!
//! - `rds:ModifyDBSnapshotAttribute` shares a snapshot with another account; copies within one account share nothing
//!   (<https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html>).
//! - `rds:CopyCustomDBEngineVersion` is for RDS Custom, which AWS Backup does not restore
//!   (<https://docs.aws.amazon.com/aws-backup/latest/devguide/rds-backup.html>).
//! - `rds:ModifyDBInstance` and `rds:DeleteDBInstanceAutomatedBackup` are for continuous backups
//!   (<https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html>).

mod reason;
mod restore;
mod runbook;

use super::call::End::{From, To};
use super::call::Phase::{BackUp, Copy, Discover, Expire, Restore};
use super::call::Source::{BackupPolicy, Reference, RestorePolicy};
use super::call::Thing::{AnyResource, Point, Related, Resource, Restored, RestoredInto};
use super::call::{Call, On, Phase, Source};
use super::every::{DESCRIBE_RESOURCE, POLICY_AND_REFERENCE, VAULTS};
use super::rds::{
    AUTOMATED_SNAPSHOT, BACKED_UP_RESOURCE, DELETE_SNAPSHOT, READ_RESOURCES, READING, RESOURCE_KEY_ARN, RESTORE_GROUPS,
    RESTORE_SNAPSHOT, SNAPSHOTS, SNAPSHOTS_AT_DESTINATION, SNAPSHOTS_AT_SOURCE, SUBNET_GROUP, TAG_SNAPSHOTS,
    UNKNOWN_RESOURCE_KEY_ARN, keys, reading,
};
use super::{
    Abilities, ArnForm, ArnForms, Encryption, KeysLookup, Kind, Reasons, Refused, RegionSettings, RelatedThing,
    Setting, Words,
};
use crate::aws::name::NameKind;
use crate::reason::Sentence;

const OWN_ALONE: Sentence = Sentence {
    en: "AWS's policies allow it on every resource; the reference knows the types, so only the statement's own are allowed.",
    ja: "AWS のポリシーはすべてのリソースに対して許可しています。サービス認証リファレンスではリソースを指定できるため、この文のものだけを許可します。",
};
const FROM_AUTOMATED: Sentence = Sentence {
    en: "AWS's policy allows copies of any snapshot. AWS Backup copies an automated one where there is one, and RDS's guide has their ARNs begin with `snapshot:rds:`, so these are allowed as what is copied, and no snapshot that a user made.",
    ja: "AWS のポリシーはすべてのスナップショットのコピーを許可しています。AWS Backup は自動スナップショットがあればそれをコピーし、RDS のガイドによるとその ARN は `snapshot:rds:` で始まるため、コピー元として許可するのはこれだけです。ユーザーが作成したスナップショットは含みません。",
};
const TENANTS: Sentence = Sentence {
    en: "Only Oracle databases with several tenants need it, and the spec does not say which those are. AWS's policies and the reference have it, and a job that lacks it fails, so it is allowed where it reaches nothing but what AWS Backup made.",
    ja: "必要なのはマルチテナント構成の Oracle データベースだけですが、どれが該当するかは定義ファイルからはわかりません。AWS のポリシーとサービス認証リファレンスにあり、ないとジョブが失敗するため、AWS Backup が作成したものにしか及ばない範囲で許可します。",
};
const MAKING: Sentence = Sentence {
    en: "AWS's restore policy has it on every database; the reference does not name it for a restore. It is allowed on what a restore makes alone, so that no restore fails for want of it.",
    ja: "AWS の復元用ポリシーではすべてのデータベースに対して許可されていますが、サービス認証リファレンスは復元に必要とは記していません。不足によって復元が失敗しないよう、復元で作られるデータベースに限って許可します。",
};
const CLEANING_UP: Sentence = Sentence {
    en: "AWS's restore policy has it on every database, and no page says when it is used; a restore that fails leaves something to delete. It is allowed on what a restore makes alone, which never has the name of what is backed up.",
    ja: "AWS の復元用ポリシーではすべてのデータベースに対して許可されていますが、いつ使われるかは書かれていません。失敗した復元の後始末と考えられるため、復元で作られるデータベースに限って許可します。バックアップ対象の名前は含まれません。",
};

const KEY_PAGE: Source = Source::Guide(
    Sentence::new("RDS: copying a DB snapshot", "RDS の DB スナップショットのコピーのページ"),
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html",
);
const BACKUP_PAGE: Source = Source::Guide(
    Sentence::new("AWS Backup: RDS backups", "AWS Backup の RDS バックアップのページ"),
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/rds-backup.html",
);
const ARN_PAGE: Source = Source::Guide(
    Sentence::new("RDS: ARNs", "RDS の ARN のページ"),
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.ARN.Constructing.html",
);
const KNOWN_KEY: &[Source] = &[BackupPolicy, KEY_PAGE];
const RESTORING: &[Source] = &[RestorePolicy, Reference];

/// RDS's automated snapshots of databases.
static AUTOMATED: RelatedThing = RelatedThing {
    arn: ArnForm { service: "rds", before: "snapshot:" },
    pattern: "rds:*",
    sample: AUTOMATED_SNAPSHOT.1,
    why: &reason::AUTOMATED_SNAPSHOTS,
};

/// The tenants in a snapshot that AWS Backup made.
static TENANT_SNAPSHOTS: RelatedThing = RelatedThing {
    arn: ArnForm { service: "rds", before: "snapshot-tenant-database:" },
    pattern: "awsbackup:*",
    sample: "awsbackup:job-1a2b3c4d/tdb-1a2b3c4d",
    why: &reason::SNAPSHOTS_OF_TENANTS,
};

/// The tenants of databases, whose ids RDS chooses.
static TENANT_DATABASES: RelatedThing = RelatedThing {
    arn: ArnForm { service: "rds", before: "tenant-database:" },
    pattern: "*",
    sample: "tdb-1a2b3c4d",
    why: &reason::TENANTS_OF_DATABASES,
};

/// RDS DB instances.
pub static DATABASE: Kind = Kind {
    words: Words {
        word: "database",
        plural: "databases",
        one: Sentence::new("database", "データベース"),
        many: Sentence::new("databases", "データベース"),
        others: &["db", "rds"],
        example: "orders",
        key_service: "RDS",
    },
    service_name: "RDS",
    region_settings: RegionSettings {
        options: &[("--resource-type-opt-in-preference", "RDS=true")],
        shown: &["ResourceTypeOptInPreference.RDS"],
        also: None,
    },
    service: "rds",
    name: NameKind::Database,
    endpoint: Some("."),
    arns: ArnForms { resource: ArnForm { service: "rds", before: "db:" }, points: SNAPSHOTS },
    encryption: Encryption::OfResource,
    abilities: Abilities {
        // The rights to restore have one to delete what a restore made.
        restore_could: Some("delete it"),
        // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html says that snapshots are not
        // copied to or from them; AWS Backup's page on copies says nothing of it.
        copies_in_china_disputed: true,
        // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
        copies_in_progress: Some(20),
        minutes_closed_before_windows: Some(60),
    },
    keys: KeysLookup {
        command: "rds describe-db-instances",
        of: None,
        query: "DBInstances[].[DBInstanceIdentifier,StorageEncrypted,KmsKeyId]",
    },
    calls: &[
        VAULTS,
        CALLS,
        reading([LOOK, LOOK_FOR_SNAPSHOTS]).as_flattened(),
        keys::known(KNOWN_KEY).as_flattened(),
        keys::unknown(KNOWN_KEY).as_flattened(),
        &keys::unknown_at_restore(&[RestorePolicy, KEY_PAGE]),
    ],
    restore: &[
        Setting {
            word: Some("option-group"),
            name: NameKind::OptionGroup,
            arn: ArnForm { service: "rds", before: "og:" },
            any: "*",
            sample: "default:mysql-8-0",
            other: Some(Sentence::new("another option group", "別のオプショングループ")),
        },
        Setting {
            word: Some("parameter-group"),
            name: NameKind::ParameterGroup,
            arn: ArnForm { service: "rds", before: "pg:" },
            any: "*",
            sample: "default.mysql8.0",
            other: Some(Sentence::new("another DB parameter group", "別の DB パラメータグループ")),
        },
        SUBNET_GROUP,
    ],
    left_after_restore: Some(Sentence::new(
        "the settings that a restore does not bring along, such as IAM roles and monitoring",
        "復元で引き継がれない設定(IAM ロールやモニタリングなど)",
    )),
    deletes: Sentence::new(
        "no database that is backed up; only those that a restore made, and backups, of whichever database in these regions:",
        "バックアップ対象のデータベースは削除できず、復元で作られたものと、次のリージョンの全データベースのバックアップだけ:",
    ),
    refused: Refused {
        resource: &["rds:DeleteDBInstance", "rds:ModifyDBInstance", "rds:StopDBInstance", "rds:RemoveTagsFromResource"],
        point: &["rds:ModifyDBSnapshotAttribute", "rds:RemoveTagsFromResource", "backup:DeleteRecoveryPoint"],
        restore: "rds:RestoreDBInstanceFromDBSnapshot",
        another: Sentence::new("another database", "別のデータベース"),
        sibling: Sentence::new("another database whose name begins the same", "名前の先頭が同じ別のデータベース"),
        lookalikes: &[
            ("db:", "cluster:"),
            ("pg:", "cluster-pg:"),
            ("og:", "secgrp:"),
            ("snapshot:", "cluster-snapshot:"),
            ("subgrp:", "es:"),
            ("snapshot-tenant-database:", "auto-backup:"),
            ("tenant-database:", "proxy:"),
            // Where others are kinds of the statement too.
            ("pg:", "es:"),
            ("snapshot:", "auto-backup:"),
            ("db:", "proxy:"),
        ],
    },
    why: Reasons {
        selection: &reason::SELECT_DATABASES,
        opt_in: &reason::RDS_OPT_IN,
        closed_windows: &reason::CLOSED_WINDOWS,
        resource: &BACKED_UP_RESOURCE,
        read: &READ_RESOURCES,
        restored: &reason::RESTORED_DATABASE,
        restored_into: &RESTORE_GROUPS,
        points_at_source: &SNAPSHOTS_AT_SOURCE,
        points_at_destination: &SNAPSHOTS_AT_DESTINATION,
        replica_key: &reason::REPLICA_KEY_OF_DATABASES,
        resource_key: &RESOURCE_KEY_ARN,
        unknown_resource_key: &UNKNOWN_RESOURCE_KEY_ARN,
        after_restore: &reason::SETTINGS_LEFT_BEHIND,
    },
    runbook: runbook::STEPS,
    reasons: reason::REASONS,
};

static CALLS: &[Call] = &[
    LOOK,
    made(BackUp, "rds:CreateDBSnapshot", &[On(Resource, From), On(Point, From)], &reason::CREATE_DB_SNAPSHOT),
    Call::new(
        BackUp,
        "rds:CopyDBSnapshot",
        &[On(Related(&AUTOMATED), From), On(Point, From)],
        &reason::COPY_AUTOMATED_SNAPSHOT,
    )
    .from(&[BackupPolicy, BACKUP_PAGE, ARN_PAGE])
    .noting(FROM_AUTOMATED),
    made(BackUp, "rds:AddTagsToResource", &[On(Point, From)], &TAG_SNAPSHOTS),
    tenant(BackUp, "rds:AddTagsToResource", &[On(Related(&TENANT_SNAPSHOTS), From)], &reason::TAG_SNAPSHOTS_OF_TENANTS),
    made(Copy, "rds:CopyDBSnapshot", &[On(Point, From), On(Point, To)], &reason::COPY_DB_SNAPSHOT),
    made(Copy, "rds:AddTagsToResource", &[On(Point, To)], &TAG_SNAPSHOTS),
    tenant(Copy, "rds:AddTagsToResource", &[On(Related(&TENANT_SNAPSHOTS), To)], &reason::TAG_SNAPSHOTS_OF_TENANTS),
    made(Expire, "rds:DeleteDBSnapshot", &[On(Point, From)], &DELETE_SNAPSHOT),
    made(
        Restore,
        "rds:RestoreDBInstanceFromDBSnapshot",
        &[On(Restored, From), On(Point, From), On(RestoredInto, From)],
        &RESTORE_SNAPSHOT,
    )
    .from(RESTORING),
    made(Restore, "rds:CreateDBInstance", &[On(Restored, From)], &reason::MAKE_DATABASE)
        .from(&[RestorePolicy])
        .noting(MAKING),
    made(Restore, "rds:AddTagsToResource", &[On(Restored, From)], &reason::TAG_RESTORED_DATABASE).from(RESTORING),
    tenant(
        Restore,
        "rds:CreateTenantDatabase",
        &[On(Restored, From), On(Related(&TENANT_DATABASES), From)],
        &reason::MAKE_TENANTS,
    )
    .from(RESTORING),
    made(Restore, "rds:DeleteDBInstance", &[On(Restored, From)], &reason::DELETE_FAILED_RESTORE)
        .from(&[RestorePolicy])
        .noting(CLEANING_UP),
    tenant(
        Restore,
        "rds:DeleteTenantDatabase",
        &[On(Restored, From), On(Related(&TENANT_DATABASES), From)],
        &reason::DELETE_TENANTS_OF_FAILED_RESTORE,
    )
    .from(RESTORING),
];

/// A call on what the statement has of its own.
const fn made(phase: Phase, action: &'static str, on: &'static [On], why: &'static crate::reason::Reason) -> Call {
    Call::new(phase, action, on, why).from(POLICY_AND_REFERENCE).noting(OWN_ALONE)
}

/// A call that only databases with several tenants need.
const fn tenant(phase: Phase, action: &'static str, on: &'static [On], why: &'static crate::reason::Reason) -> Call {
    Call::new(phase, action, on, why).from(POLICY_AND_REFERENCE).noting(TENANTS)
}

const LOOK: Call = Call::new(Discover, "rds:DescribeDBInstances", &[On(AnyResource, From)], &DESCRIBE_RESOURCE)
    .from(&[BackupPolicy])
    .noting(READING);
const LOOK_FOR_SNAPSHOTS: Call =
    Call::new(Discover, "rds:DescribeDBSnapshots", &[], &reason::DESCRIBE_DB_SNAPSHOTS).noting(READING);
