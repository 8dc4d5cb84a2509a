//! The drawings show what the figures say: hours by both clocks, the span in which a rule comes round,
//! and as many recovery points as are guaranteed.

use drc::emit::Format;
use drc::explain::{Language, explain, html};

use crate::support::{Case, case, file, written};

/// Left end, and what a day is drawn across.
const LEFT: i64 = 34;
const WIDTH: i64 = 792;

fn page(case: &Case) -> String {
    let input = case.input();
    written(|out| html::write(&input, &explain(&input, Language::English), out))
}

fn page_of(rules: &str) -> String {
    let (from, to) =
        if rules.contains("New_York") { ("us-east-1", "us-west-2") } else { ("ap-northeast-1", "eu-west-1") };
    page(&case("drawn", &format!("backup cluster mydb\n  from {from}\n  to {to}\n{rules}\n"), Format::Yaml))
}

/// The column of an hour of a day.
fn hour(hour: i64) -> i64 {
    LEFT + hour * WIDTH / 24
}

#[test]
fn windows_are_at_their_hours_by_both_clocks() {
    let page = page(&file(std::path::Path::new("specs/mydb.drspec")));
    let bar = |class: &str, from: i64, to: i64| {
        let bar = format!("<rect class=\"{class}\" x=\"{}\"", hour(from));
        let found = page.split(&bar).nth(1).unwrap_or_else(|| panic!("{class} is not at {from}:00"));
        assert!(found.contains(&format!("width=\"{}\"", hour(to) - hour(from))), "{class}");
    };
    // Due at 01:00, started by 02:00, completed by 14:00.
    assert!(page.contains(&format!("<line class=\"due\" x1=\"{}\"", hour(1))));
    bar("start", 1, 2);
    bar("complete", 2, 14);
    // Tokyo is nine hours ahead.
    assert!(page.contains("Asia/Tokyo, from 2026-12-04 00:00") && page.contains("UTC, from 2026-12-03 15:00"));
    let utc = page.split("from 2026-12-04 00:00").nth(1).unwrap();
    assert!(utc.contains(&format!("text-anchor=\"middle\" x=\"{}\" y=\"134\">18:00<", hour(3))));
    // New York is five hours behind in winter.
    let page = page_of("  daily 22:30 America/New_York keep 7d");
    assert!(page.contains("America/New_York, from 2026-12-03 00:00") && page.contains("UTC, from 2026-12-03 05:00"));
    // Without another clock there is one axis.
    assert_eq!(page_of("  daily 22:30 UTC keep 7d").matches("UTC, from 2026-12-03 00:00").count(), 1);
}

#[test]
fn each_rule_is_drawn_over_the_span_in_which_it_comes_round() {
    let spans = |rules: &str| -> Vec<&str> {
        let page = page_of(rules);
        let all = ["a day", "a week", "a month", "a year"];
        all.into_iter().filter(|span| page.contains(&format!("when its rules run over {span}<"))).collect()
    };
    assert_eq!(spans("  every 6h from 00:00 UTC keep 7d complete within 2h"), ["a day"]);
    assert_eq!(spans("  weekly sun 01:00 JST keep 5w"), ["a week"]);
    assert_eq!(spans("  weekdays 01:00 JST keep 7d"), ["a week"]);
    assert_eq!(spans("  monthly 1, last 01:00 JST keep 1y"), ["a month"]);
    assert_eq!(spans("  yearly mar 31 01:00 JST keep 2y"), ["a year"]);
    let all = "  daily 01:00 JST keep 7d\n  weekly sun 05:00 JST keep 5w\n  monthly 1 09:00 JST keep 1y\n  \
               yearly mar 31 01:00 JST keep 2y";
    assert_eq!(spans(all), ["a day", "a week", "a month", "a year"]);
    // A window of one day of the week is seen in the week.
    assert_eq!(spans("  daily 01:00 JST keep 7d\n  maintenance sun 15:00-16:00 UTC"), ["a day", "a week"]);
    assert_eq!(spans("  daily 01:00 JST keep 7d\n  automated backup 15:00-16:00 UTC"), ["a day"]);
}

#[test]
fn every_statement_is_drawn() {
    let statement =
        |number| format!("backup cluster c{number} from ap-northeast-1 to eu-west-1 daily 01:00 JST keep 7d\n");
    let statements = (0..30).map(statement).collect::<Vec<_>>().concat();
    let page = page(&case("many", &format!("system many stacks per statement\n{statements}"), Format::Yaml));
    assert_eq!(page.matches("when its rules run over a day<").count(), 30);
}

/// The counts that an area of a chart shows, column by column.
fn counts(chart: &str, class: &str) -> Vec<(i64, i64)> {
    let highest = chart.split("y=\"34\">").nth(1).unwrap().split('<').next().unwrap().parse::<i64>().unwrap();
    let path = chart.split(&format!("<path class=\"{class}\" d=\"")).nth(1).unwrap().split('"').next().unwrap();
    let steps = path.split('H').skip(1).map(|step| {
        let (x, y) = step.trim_end_matches('Z').split_once('V').unwrap();
        let y = 180 - y.parse::<i64>().unwrap();
        (x.parse().unwrap(), (y * highest + 75) / 150)
    });
    steps.collect()
}

#[test]
fn charts_show_the_guaranteed_figures() {
    for rules in [
        "  daily 01:00 JST keep 1d",
        "  daily 01:00 JST keep 7d",
        "  daily 01:00, 13:00 JST keep 3d",
        "  every 6h from 00:00 UTC keep 4d complete within 2h",
    ] {
        let page = page_of(rules);
        // Once in the caption, once in the name of the drawing.
        let charts: Vec<&str> = page.split("recovery points alive in").skip(2).step_by(2).collect();
        let figures = page.split("Recovery points alive at any moment: at least ").skip(1);
        let mut compared = 0;
        for (chart, figures) in charts.iter().zip(figures) {
            let (least, rest) = figures.split_once(", at most ").unwrap();
            let most = rest.split('.').next().unwrap();
            let shown = counts(chart, "most").into_iter().map(|(_, count)| count).max().unwrap();
            assert_eq!(shown.to_string(), most, "{rules}: at most");
            // Once the first have expired, and before the chart ends.
            let steps = counts(chart, "least");
            let before = steps.iter().rev().find(|(x, _)| *x <= 600).map_or(0, |(_, count)| *count);
            let later = steps.iter().filter(|(x, _)| (600..829).contains(x)).map(|(_, count)| *count);
            assert_eq!(later.fold(before, i64::min).to_string(), least, "{rules}: at least");
            compared += 1;
        }
        assert_eq!(compared, 2, "{rules}");
    }
}
