//! Random specs without errors.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The items of a file, without its `system` item.
pub(crate) fn items() -> impl Strategy<Value = Vec<String>> {
    (of(defaults()), any::<bool>(), of(Just("account 111122223333".to_owned())), vec(statement(), 1..4)).prop_map(
        |(defaults, keyed, account, statements)| {
            let key = keyed.then(|| "key vault-key admin role/KeyAdmin, user/alice rotate every 180d".to_owned());
            let from = if keyed { " key vault-key" } else { "" };
            let statements = statements.into_iter().enumerate().map(|(index, text)| {
                // Names of clusters make names of statements, which must differ.
                text.replace("CLUSTER", &format!("db{index}")).replace(" KEY", from)
            });
            defaults.into_iter().chain(key).chain(account).chain(statements).collect()
        },
    )
}

fn defaults() -> impl Strategy<Value = String> {
    let clauses = [
        "keep 40d",
        "start within 2h",
        "complete within 14h",
        "tags team=data, on=off",
        "no restore",
        "schedule in zone",
        "admin role/Defaults",
        "no rotation",
        // Long enough for a yearly schedule and its promise.
        "to us-west-2 keep 2y",
        "formerly to ca-central-1 keep 90d",
    ];
    subsequence(clauses.to_vec(), 1..=clauses.len()).prop_map(|clauses| format!("defaults {}", clauses.join(" ")))
}

fn statement() -> impl Strategy<Value = String> {
    let target = select(vec![
        "cluster CLUSTER",
        "clusters CLUSTER, CLUSTER-b",
        "cluster \"CLUSTER\"",
        "table of_CLUSTER and cluster CLUSTER and table Of.CLUSTER",
    ]);
    let destinations = subsequence(vec!["ap-northeast-3", "eu-west-1", "us-east-2"], 0..=3);
    (target, destinations, subsequence(schedules(), 1..=2), subsequence(options(), 0..=5), any::<bool>()).prop_map(
        |(target, destinations, schedules, options, broken)| {
            let separator = if broken { "\n  " } else { " " };
            let mut clauses = vec!["from ap-northeast-1 KEY".to_owned()];
            clauses.extend(destinations.into_iter().map(|region| format!("to {region}")));
            clauses.extend(options.into_iter().map(str::to_owned));
            clauses.extend(schedules.into_iter().map(str::to_owned));
            format!("backup {target}{separator}{}", clauses.join(separator))
        },
    )
}

fn schedules() -> Vec<&'static str> {
    vec![
        "daily 01:00 JST keep 7d",
        "daily 01:00, 13:30 UTC keep 2w named twice",
        "every 12h from 03:00 JST keep 5d",
        "weekdays 22:30 America/New_York keep forever",
        "weekly sun, wed 04:00 JST keep 5w to sa-east-1 keep 1y",
        "monthly 1, last 05:00 JST keep 1y",
        "yearly dec 31 06:00 UTC keep 10y",
        "cron \"0 7 ? * MON *\" UTC keep 35d",
    ]
}

fn options() -> Vec<&'static str> {
    vec![
        "complete within 24h",
        "formerly to eu-central-1 keep 30d since 2026-11-26",
        "formerly to eu-north-1",
        "encrypted by arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "called CLUSTER.statement",
        "plan CLUSTER.plan",
        "selection CLUSTER_selection",
        "role AWSBackup-CLUSTER",
        "restore as \"CLUSTER*\" subnet-group CLUSTER-subnets",
        "restore in ap-northeast-1 parameter-group CLUSTER-params",
        "tags 22:30=yes, name=\"a b\"",
        "rpo 9000h",
        "maintenance sun 03:00-04:00 UTC",
    ]
}
