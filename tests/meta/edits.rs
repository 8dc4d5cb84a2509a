//! A spec that says everything, and one edit for each field of the tree.

/// A spec that says everything, and in which every changed word matters.
pub(crate) const BASE: &str = r#"system everything stacks per statement
account 111122223333
defaults
  keep 20d
  start within 2h
  complete within 6h
  rotate every 200d
  admin role/Defaults
  tags file=defaults
  to eu-west-1 keep 25d
  formerly to eu-central-1 keep 90d since 2026-05-06
  restore subnet-group everyones
key vault-key admin role/KeyAdmin, user/alice rotate every 180d
key third-key no rotation
backup clusters orders, users
  from ap-northeast-1 vault nightly key vault-key
  to ap-northeast-3 vault copies key copies-key keep 30d
  formerly to us-east-2 vault old-copies key old-copies-key keep 60d since 2026-03-04
  start within 3h
  complete within 8h
  encrypted by arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
  plan shop selection shop-selection role AWSBackup-shop
  restore as "shop*" subnet-group subnets parameter-group params
  restore in ap-northeast-3 subnet-group dr-subnets
  tags team=payments
  schedule in zone
  rpo 9000h
  maintenance sun 03:00-04:00 UTC
  automated backup 05:00-05:30 UTC
  daily 01:00, 13:00 JST named twice keep 14d
  monthly 1, last 09:00 JST named months keep 400d
backup cluster other
  from us-west-1
  called another
  no restore
  hourly at :15 UTC named every-hour complete within 5h keep 2d
backup cluster third
  from us-east-1 key third-key
  every 6h from 03:00 UTC named six-hours keep 3d
  weekdays 01:30 UTC named workdays
  weekly sun 10:30 UTC named weeks
  yearly dec 31 21:30 UTC named years
  cron "0 18 ? * MON *" UTC named mondays
"#;

/// What to change: a text of [`BASE`], and another that would be as right, or wrong.
pub(crate) const CHANGES: &[(&str, &str, &str)] = &[
    ("system", "system everything", "system anything"),
    ("system.stacks", " stacks per statement", ""),
    ("account", "account 111122223333", "account 444455556666"),
    ("key", "key vault-key admin", "key copies-key admin"),
    ("backup.kind", "backup clusters orders", "backup tables orders"),
    ("backup.name", "orders, users", "orders, people"),
    ("backup.fewer", "orders, users", "orders"),
    ("from.region", "from ap-northeast-1", "from ap-northeast-2"),
    ("from.vault", "vault nightly", "vault hourly"),
    ("from.key", "nightly key vault-key", "nightly"),
    ("to.region", "to ap-northeast-3", "to us-west-2"),
    ("to.vault", "vault copies", "vault mirror"),
    ("to.key", "key copies-key", "key mirror-key"),
    ("to.keep", "copies-key keep 30d", "copies-key keep 31d"),
    ("to.gone", "  to ap-northeast-3 vault copies key copies-key keep 30d\n", ""),
    ("defaults.to", "to eu-west-1", "to eu-west-2"),
    ("defaults.to.keep", "keep 25d", "keep 26d"),
    ("formerly to.region", "formerly to us-east-2", "formerly to sa-east-1"),
    ("formerly to.vault", "vault old-copies", "vault older-copies"),
    ("formerly to.key", "key old-copies-key", "key older-copies-key"),
    ("formerly to.keep", "keep 60d", "keep 61d"),
    ("formerly to.since", "since 2026-03-04", "since 2026-03-05"),
    ("formerly to.gone", "  formerly to us-east-2 vault old-copies key old-copies-key keep 60d since 2026-03-04\n", ""),
    ("defaults.formerly to", "formerly to eu-central-1", "formerly to eu-central-2"),
    ("defaults.formerly to.keep", "keep 90d", "keep 91d"),
    ("defaults.formerly to.since", "since 2026-05-06", "since 2026-05-07"),
    ("schedule.daily.times", "daily 01:00, 13:00", "daily 01:00, 14:00"),
    ("schedule.daily.zone", "13:00 JST", "13:00 UTC"),
    ("schedule.form", "weekdays 01:30", "daily 01:30"),
    ("schedule.hourly.argument", "at :15", "at :45"),
    ("schedule.hourly.zone", ":15 UTC", ":15 Asia/Kolkata"),
    ("schedule.every.argument", "every 6h", "every 8h"),
    ("schedule.every.times", "from 03:00", "from 04:00"),
    ("schedule.every.zone", "03:00 UTC named", "03:00 JST named"),
    ("schedule.weekdays.times", "weekdays 01:30", "weekdays 02:30"),
    ("schedule.weekdays.zone", "01:30 UTC", "01:30 JST"),
    ("schedule.weekly.days", "weekly sun", "weekly sat"),
    ("schedule.weekly.times", "sun 10:30", "sun 11:30"),
    ("schedule.monthly.days", "monthly 1, last", "monthly 2, last"),
    ("schedule.yearly.month", "yearly dec", "yearly jan"),
    ("schedule.yearly.days", "dec 31", "dec 30"),
    ("schedule.yearly.times", "31 21:30", "31 20:30"),
    ("schedule.cron.argument", "MON *\"", "TUE *\""),
    ("schedule.cron.zone", "MON *\" UTC", "MON *\" Europe/Berlin"),
    ("schedule in", "schedule in zone", "schedule in utc"),
    ("rpo", "rpo 9000h", "rpo 1h"),
    ("maintenance", "  maintenance sun 03:00-04:00 UTC\n", ""),
    ("maintenance.day", "maintenance sun", "maintenance someday"),
    ("maintenance.times", "03:00-04:00 UTC", "03:00-25:00 UTC"),
    ("maintenance.zone", "03:00-04:00 UTC", "03:00-04:00 Nowhere"),
    ("automated backup", "  automated backup 05:00-05:30 UTC\n", ""),
    ("automated backup.times", "05:00-05:30 UTC", "05:00-25:30 UTC"),
    ("automated backup.zone", "05:00-05:30 UTC", "05:00-05:30 Nowhere"),
    ("named", "named twice", "named two-times"),
    ("keep", "named twice keep 14d", "named twice keep 15d"),
    ("defaults.keep", "  keep 20d", "  keep 21d"),
    ("start within", "start within 3h", "start within 4h"),
    ("defaults.start within", "start within 2h", "start within 1h"),
    ("complete within", "complete within 8h", "complete within 9h"),
    ("defaults.complete within", "complete within 6h", "complete within 7h"),
    ("encrypted by", "1234abcd-12ab-34cd", "abcd1234-12ab-34cd"),
    ("called", "called another", "called yet-another"),
    ("plan", "plan shop ", "plan market "),
    ("selection", "selection shop-selection", "selection market-selection"),
    ("role", "role AWSBackup-shop", "role AWSBackup-market"),
    ("restore.pattern", "as \"shop*\"", "as \"market*\""),
    ("restore.subnet-group", "subnet-group subnets", "subnet-group nets"),
    ("restore.parameter-group", "parameter-group params", "parameter-group parameters"),
    ("restore.region", "restore in ap-northeast-3", "restore in ap-northeast-1"),
    ("restore.region.subnet-group", "subnet-group dr-subnets", "subnet-group dr-nets"),
    ("defaults.restore", "subnet-group everyones", "subnet-group anyones"),
    ("no restore", "  no restore\n", ""),
    ("tags.key", "tags team=", "tags group="),
    ("tags.value", "team=payments", "team=shipping"),
    ("defaults.tags", "file=defaults", "file=default"),
    ("admin", "admin role/KeyAdmin, user/alice", "admin role/KeyAdmin, user/bob"),
    ("defaults.admin", "admin role/Defaults", "admin role/Default"),
    ("rotate every", "rotate every 180d", "rotate every 181d"),
    ("no rotation", "no rotation", "rotate every 300d"),
    ("defaults.rotate every", "rotate every 200d", "rotate every 201d"),
];
