//! Copies that wait for each other.

use drc::time::length::Minutes;
use drc::time::queue::{Competition, Span, Stream, competition, spans};
use proptest::prelude::*;

use crate::support::{at, rule};

/// The most copies that any run of each stream meets.
fn copies(streams: &[(Vec<Span>, usize)]) -> Vec<usize> {
    let streams: Vec<Stream<'_>> = streams.iter().map(|(spans, copies)| Stream { spans, copies: *copies }).collect();
    competition(&streams).iter().map(|met| met.copies).collect()
}

#[test]
fn spans_that_touch_do_not_overlap() {
    assert_eq!(copies(&[(vec![(0, 10)], 3), (vec![(10, 20)], 3), (vec![(19, 30)], 4)]), [3, 7, 7]);
}

#[test]
fn a_rule_counts_once_however_many_of_its_runs_are_met() {
    assert_eq!(copies(&[(vec![(0, 4), (6, 10), (12, 16)], 2), (vec![(0, 20)], 1)]), [3, 3]);
    assert_eq!(copies(&[(vec![(0, 13), (1, 14), (2, 15)], 2)]), [2]);
}

#[test]
fn the_run_with_the_most_competition_counts() {
    let streams = [Stream { spans: &[(0, 10), (100, 110)], copies: 1 }, Stream { spans: &[(105, 110)], copies: 7 }];
    assert_eq!(competition(&streams)[0], Competition { copies: 8, span: (100, 110) });
}

#[test]
fn a_run_that_another_replaces_makes_no_copy() {
    let rules = [rule("daily 01:00 UTC", (1, 12), 7, Some(7)), rule("weekly sun 01:30 UTC", (1, 12), 35, None)];
    let occupied = |windows: drc::time::plan::Windows| (Minutes::ZERO, windows.latest_completion());
    let found = spans(&rules, occupied, at("2026-12-05T00:00:00Z"), at("2026-12-08T00:00:00Z"));
    let starts = |index: usize| found[index].iter().map(|span| span.0 * 60).collect::<Vec<_>>();
    assert_eq!(starts(0), [at("2026-12-05T01:00:00Z"), at("2026-12-07T01:00:00Z")].map(jiff::Timestamp::as_second));
    assert_eq!(starts(1), [at("2026-12-06T01:30:00Z").as_second()]);
    assert_eq!(found[0][0].1 - found[0][0].0, 13 * 60);
}

/// Some runs of one rule: the same length each, in order.
fn stream() -> impl Strategy<Value = (Vec<Span>, usize)> {
    (prop::collection::btree_set(0_i64..200, 1..12), 1_i64..40, 1_usize..9).prop_map(|(starts, length, copies)| {
        (starts.into_iter().map(|start| (start, start + length)).collect(), copies)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_sweep_agrees_with_counting_each_pair(streams in prop::collection::vec(stream(), 1..8)) {
        let overlap = |one: &Span, other: &Span| one.0 < other.1 && other.0 < one.1;
        let met = |span: &Span| -> usize {
            let meeting = streams.iter().filter(|(spans, _)| spans.iter().any(|other| overlap(span, other)));
            meeting.map(|(_, copies)| copies).sum()
        };
        let expected: Vec<usize> = streams.iter().map(|(spans, _)| spans.iter().map(met).max().unwrap_or(0)).collect();
        prop_assert_eq!(copies(&streams), expected);
    }
}
