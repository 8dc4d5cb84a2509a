//! Words that people write because AWS Backup can do it, and that drc does not take yet: what each
//! asks for, and what to do meanwhile. What takes a word takes its row out of here.

/// Something that is not built yet.
#[derive(Debug)]
pub(crate) struct Later {
    /// The words that ask for it, singular and plural.
    words: &'static [&'static str],
    /// What they ask for, in the plural, as the subject of "are not supported yet".
    pub(crate) what: &'static str,
    /// What to do meanwhile.
    pub(crate) meanwhile: &'static str,
}

/// The row of the kind of resource that a word names.
pub(crate) fn kind(word: &str) -> Option<&'static Later> {
    find(KINDS, word)
}

/// The row of a word that would begin a clause or an item, or belong to one.
pub(crate) fn clause(word: &str) -> Option<&'static Later> {
    find(CLAUSES, word)
}

/// The row of the kind of resource that an ARN names.
pub(crate) fn kind_of_arn(arn: &str) -> Option<&'static Later> {
    if crate::kind::of_arn(arn).is_some() {
        return None;
    }
    let mut parts = arn.strip_prefix("arn:")?.split(':').skip(1);
    let service = parts.next()?;
    let resource = parts.nth(2).unwrap_or("");
    kind(if resource.starts_with("volume/") { "volume" } else { service })
}

fn find(table: &'static [Later], word: &str) -> Option<&'static Later> {
    table.iter().find(|row| row.words.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

const fn row(words: &'static [&'static str], what: &'static str, meanwhile: &'static str) -> Later {
    Later { words, what, meanwhile }
}

/// What can be done for a resource of another kind.
const OWN_PLAN: &str = "give them a backup plan of their own meanwhile";

const KINDS: &[Later] = &[
    row(&["server", "servers", "ec2"], "EC2 instances", OWN_PLAN),
    row(&["instance", "instances"], "instances, of RDS (`database`) and of EC2 (`server`),", OWN_PLAN),
    row(&["filesystem", "filesystems", "efs", "elasticfilesystem"], "file systems", OWN_PLAN),
    row(&["fsx"], "FSx file systems", OWN_PLAN),
    row(&["volume", "volumes", "ebs"], "EBS volumes", OWN_PLAN),
    row(&["bucket", "buckets", "s3"], "S3 buckets", OWN_PLAN),
    row(&["documentdb", "docdb"], "DocumentDB clusters", OWN_PLAN),
    row(&["neptune"], "Neptune clusters", OWN_PLAN),
    row(&["redshift", "warehouse", "warehouses"], "Redshift clusters", OWN_PLAN),
    row(&["timestream"], "Timestream tables", OWN_PLAN),
    row(&["gateway", "gateways", "storagegateway"], "Storage Gateway volumes", OWN_PLAN),
    row(&["vm", "vms", "backup-gateway"], "virtual machines", OWN_PLAN),
    row(&["stack", "cloudformation"], "CloudFormation stacks", OWN_PLAN),
    row(&["everything", "all", "*", "tagged"], "groups of resources, as by their tags,", NAME_EACH),
];

/// What can be done where resources would be chosen by something else than their names.
pub(crate) const NAME_EACH: &str = "name each resource, joined by commas: `backup cluster a, b`";

/// What can be done for vaults that are locked.
const LOCK_BY_HAND: &str = "lock the vault with `aws backup put-backup-vault-lock-configuration` once it is deployed";

const CLAUSES: &[Later] = &[
    row(&["lock", "governance", "compliance"], "locks of vaults", LOCK_BY_HAND),
    row(
        &["airgapped"],
        "logically air-gapped vaults",
        "copies go to vaults that a key of your own encrypts: `to REGION vault NAME key NAME`",
    ),
    row(
        &["delete"],
        "policies on who may delete recovery points",
        "write a vault's access policy with `aws backup put-backup-vault-access-policy` once it is deployed",
    ),
    row(
        &["notify", "notifications", "email"],
        "notifications",
        "let an EventBridge rule send the events of `aws.backup` to a topic of yours",
    ),
    row(
        &["continuous", "pitr"],
        "continuous backups",
        "the service's own point-in-time recovery is a setting of the resource, and goes on beside this plan",
    ),
    row(
        &["cold", "archive"],
        "transitions to cold storage",
        "leave it out: `keep` says when each recovery point expires",
    ),
    row(
        &["into"],
        "source vaults for one rule alone",
        "all rules of a statement make their recovery points in one vault: `from REGION vault NAME`",
    ),
    row(&["tagged"], "groups of resources that share a tag", NAME_EACH),
    row(&["except", "expect"], "groups of resources", NAME_EACH),
    row(
        &["independent"],
        "independent keys in each destination",
        "a key that exists is used as it is: `to REGION key ARN`",
    ),
    row(
        &["copied"],
        "choices of kinds to copy",
        "leave it out: every backup of a rule is copied to each of its destinations",
    ),
    row(
        &["test", "validated"],
        "restore tests",
        "`drc runbook` writes the drill that shows whether a backup can be restored",
    ),
    row(
        &["rto"],
        "promises of how long a recovery takes",
        "leave it out: the drill that `drc runbook` writes shows how long it takes; `rpo 36h` promises how much is lost at most",
    ),
    row(&["quarterly"], "quarterly schedules", "write the months yourself: `cron \"0 1 1 1,4,7,10 ? *\" JST`"),
    row(
        &["boundary", "path"],
        "permissions boundaries and paths of roles",
        "leave it out; roles are made in the path `/`, without a boundary",
    ),
    row(
        &["account"],
        "copies into another account",
        "a system copies between regions of its own account: write the region alone",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::syntax::clause;

    #[test]
    fn no_word_is_both_taken_and_not_yet() {
        for row in KINDS {
            assert!(row.words.iter().all(|word| crate::kind::meant(word).is_none()), "{row:?}");
        }
        for row in CLAUSES {
            assert!(row.words.iter().all(|word| !clause::is_keyword(word)), "{row:?}");
        }
    }

    #[test]
    fn no_word_has_two_rows() {
        for table in [KINDS, CLAUSES] {
            let words: Vec<_> = table.iter().flat_map(|row| row.words).collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        }
    }
}
