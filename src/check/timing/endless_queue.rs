//! Copies to one region that come faster than AWS makes them.

use crate::diagnostic::Diagnostics;
use crate::queue::COPY_TAKES;
use crate::queue::{Endless, Queues};
use crate::rule::rule;
use crate::time::length::Minutes;

rule! {
    /// More copies go to a region than can be made in the same time.
    ///
    /// ## Why
    ///
    /// "You can have up to five snapshot copy requests in progress to a single destination Region per
    /// account" of Aurora clusters, and up to 20 of RDS instances; further copies wait. Where more come
    /// than are made, the queue never empties: each copy is later than the one before, until its source
    /// expires. AWS promises no bound for how long a copy takes; two hours are assumed. Copies of all
    /// statements and files of a build count, since they are in one account.
    ///
    /// ## Example
    ///
    /// ```drspec,W0218
    /// backup cluster a, b, c, d, e, f from ap-northeast-1 to ap-northeast-3 every 2h from 00:00 UTC keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster a, b, c, d, e, f from ap-northeast-1 to ap-northeast-3 every 4h from 00:00 UTC keep 7d
    /// ```
    W0218 "endless-queue" Warning Documentation "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html"
    "1 つのリージョンへのコピーが、処理しきれない数になっています。"
    "Aurora クラスターについては \"You can have up to five snapshot copy requests in progress to a single destination Region per account\" とあり、RDS インスタンスでは 20 件です。これを超えるコピーは待たされます。終わる数より多くのコピーが発生し続けると、待ち行列は空になりません。コピーは回を追うごとに遅れ、いずれは元の復旧ポイントの期限が先に切れます。コピーの所要時間の上限を AWS は保証していないため、2 時間と見積もっています。一緒にビルドするファイルのすべての文は同じアカウントに置かれるので、コピーを合計します。"
}

/// How many statements are pointed at; the others are counted.
const SHOWN: usize = 3;

pub(super) fn report(queues: &Queues<'_>, sink: &mut Diagnostics) {
    for Endless { region, at_a_time, copies_a_day, statements } in queues.endless() {
        let to = |statement: &crate::spec::Statement| {
            let mut copies = statement.copies();
            copies.find(|copy| copy.place.region.node.code == region).map(|copy| copy.place.region.span)
        };
        let mut spans = statements.iter().filter_map(|statement| to(statement));
        let Some(first) = spans.next() else { continue };
        let takes = COPY_TAKES.0.saturating_mul(i64::try_from(copies_a_day).unwrap_or(i64::MAX));
        let takes = Minutes(takes.div_euclid(i64::try_from(at_a_time).unwrap_or(1)));
        let mut finding = W0218
            .at(first, format!("more copies go to {region} than AWS makes in the same time: the queue never empties"))
            .help(format!(
                "{copies_a_day} copies a day of {COPY_TAKES} each, {at_a_time} at a time, take {takes} a day; AWS promises no bound for a copy"
            ));
        for span in spans.by_ref().take(SHOWN - 1) {
            finding = finding.related(span, "copies there too");
        }
        let more = spans.count();
        if more > 0 {
            let unit = if more == 1 { "statement copies" } else { "statements copy" };
            finding = finding.help(format!("{more} more {unit} there"));
        }
        sink.push(finding.help("run less often, or copy some of them to another region"));
    }
}
