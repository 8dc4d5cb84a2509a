//! The drawings show what the figures say: hours by both clocks, the span in which a rule comes round, what goes where and
//! when, as many recovery points as are guaranteed, and how long there may be none.

use drc::analysis::Analyses;
use drc::emit::Format;
use drc::explain::Language;

use drc::time::coverage::{Coverage, Without};

use crate::support::{Case, case, cases, file};

/// Left end, and what a day is drawn across.
const LEFT: i64 = 34;
const WIDTH: i64 = 792;

fn page(case: &Case) -> String {
    case.page(Language::English).to_owned()
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
    // Without another clock there is one axis, for a desk and for a telephone.
    assert_eq!(page_of("  daily 22:30 UTC keep 7d").matches("UTC, from 2026-12-03 00:00").count(), 2);
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
    let highest = chart.split("y=\"48\">").nth(1).unwrap().split('<').next().unwrap().parse::<i64>().unwrap();
    let path = chart.split(&format!("<path class=\"{class}\" d=\"")).nth(1).unwrap().split('"').next().unwrap();
    let steps = path.split('H').skip(1).map(|step| {
        let (x, y) = step.trim_end_matches('Z').split_once('V').unwrap();
        let y = 194 - y.parse::<i64>().unwrap();
        (x.parse().unwrap(), (y * highest + 75) / 150)
    });
    steps.collect()
}

/// What of a page draws recovery points over time, as it is laid out for a desk.
fn charts(page: &str) -> Vec<&str> {
    let figures =
        page.split("<figure class=\"drawing\">").skip(1).map(|figure| figure.split("</figure>").next().unwrap());
    let charts = figures.filter(|figure| figure.contains("recovery points alive in"));
    charts.map(|chart| chart.split("<svg class=\"narrow\"").next().unwrap()).collect()
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
        let charts = charts(&page);
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

/// A number behind a mark.
fn number(text: &str, before: &str) -> i64 {
    let from = text.split(before).nth(1).unwrap_or_else(|| panic!("no {before} in {text}"));
    from.split(|character: char| !character.is_ascii_digit()).next().unwrap().parse().unwrap()
}

/// How many columns of a chart are a day, by the first and the last date below it.
fn a_day(chart: &str) -> i64 {
    let dates = chart.split("<text class=\"tick\" text-anchor=\"middle\" x=\"").skip(1).map(|tick| {
        let date = tick.split(['>', '<']).nth(1).unwrap();
        let date: jiff::civil::Date = format!("{}-{date}", if date < "12" { 2027 } else { 2026 }).parse().unwrap();
        (tick.split('"').next().unwrap().parse::<i64>().unwrap(), date)
    });
    let dates: Vec<(i64, jiff::civil::Date)> = dates.collect();
    let (first, last) = (dates[0], dates[dates.len() - 1]);
    (last.0 - first.0) / i64::from((last.1 - first.1).get_days())
}

/// What is guaranteed in each place of the only statement of a spec.
fn coverages(case: &Case) -> Vec<Coverage> {
    let spec = &case.compiled.spec;
    let (_, statement) = spec.statements().next().unwrap();
    let analyses = Analyses::of(spec);
    analyses.get(statement).unwrap().coverage.iter().map(|(_, coverage)| coverage.clone()).collect()
}

#[test]
fn charts_shade_how_long_nothing_is_guaranteed() {
    let mut seen = (0, 0, 0);
    for rules in [
        "daily 01:00 JST keep 1d",
        "daily 01:00 JST keep 2d",
        "weekly sun 01:00 JST keep 1w",
        "weekdays 01:00 JST keep 2d to ap-northeast-1 keep 1d",
        "daily 01:00 JST keep 1d complete within 25h",
    ] {
        let case =
            case("gaps", &format!("backup cluster mydb from ap-northeast-3 to eu-west-1 {rules}\n"), Format::Yaml);
        let page = page(&case);
        let (charts, coverages) = (charts(&page), coverages(&case));
        assert_eq!(charts.len(), coverages.len(), "{rules}");
        for (chart, coverage) in charts.into_iter().zip(coverages) {
            let shaded = chart.matches("<rect class=\"gap\"");
            let said = chart.split("<text class=\"nothing\"").nth(1).map(|text| text.split(['>', '<']).nth(1).unwrap());
            match &coverage.without {
                Without::Never => {
                    assert_eq!((shaded.count(), said), (0, None), "{rules}");
                    seen.0 += 1;
                }
                Without::AtMost(longest) => {
                    assert!(shaded.count() > 0, "{rules}");
                    assert_eq!(said, Some(&*format!("up to {}: nothing guaranteed", longest.total())), "{rules}");
                    let widths = chart.split("<rect class=\"gap\"").skip(1).map(|gap| number(gap, "width=\""));
                    let columns = longest.total().0 * a_day(chart) / (24 * 60);
                    assert!((widths.max().unwrap() - columns).abs() <= 2, "{rules}: {columns} columns");
                    seen.1 += 1;
                }
                Without::Always | Without::NoRun => {
                    let gap = chart.split("<rect class=\"gap\"").nth(1).unwrap();
                    assert_eq!((number(gap, " x=\""), number(gap, "width=\"")), (40, 790), "{rules}");
                    assert_eq!(said, Some("at no time anything guaranteed"), "{rules}");
                    seen.2 += 1;
                }
            }
        }
    }
    assert!(seen.0 > 1 && seen.1 > 3 && seen.2 > 0, "{seen:?}");
}

/// The ends of each arrow of a class on a map: where it leaves and where it arrives.
fn brackets(map: &str) -> Vec<((i64, i64), (i64, i64))> {
    let paths = map.split("<path class=\"backup\" d=\"M").skip(1).map(|path| path.split('"').next().unwrap());
    let numbers = |path: &str| -> Vec<i64> {
        path.split(|character: char| !character.is_ascii_digit()).map(|number| number.parse().unwrap()).collect()
    };
    paths.map(numbers).map(|path| ((path[0], path[1]), (path[4], path[3]))).collect()
}

/// The name in the box of a class that a point is at the left side of.
fn boxed<'a>(map: &'a str, class: &str, (x, y): (i64, i64)) -> Option<&'a str> {
    map.split(&format!("<rect class=\"{class}\"")).skip(1).find_map(|shown| {
        let top = number(shown, " y=\"");
        let at = number(shown, " x=\"") == x && (top..top + number(shown, "height=\"")).contains(&y);
        let name = shown.split("<text class=\"name\"").nth(1)?.split(['>', '<']).nth(1)?;
        at.then_some(name)
    })
}

#[test]
fn maps_lead_from_what_is_backed_up_to_its_vault_with_its_times() {
    for case in cases() {
        let page = page(case);
        let systems: Vec<_> =
            case.compiled.spec.systems.iter().filter(|system| !system.statements.is_empty()).collect();
        let maps = page.split("<svg class=\"").filter(|drawing| drawing.contains("regions, vaults and keys\">"));
        let maps: Vec<&str> = maps.map(|map| map.split("</svg>").next().unwrap()).collect();
        // For a desk and for a telephone.
        assert_eq!(maps.len(), 2 * systems.len(), "{}", case.name);
        for (map, system) in
            maps.chunks(2).zip(systems).flat_map(|(maps, system)| maps.iter().map(move |map| (map, system)))
        {
            let arrows: Vec<(&str, &str)> = brackets(map)
                .into_iter()
                .map(|(from, to)| (boxed(map, "cluster", from).unwrap(), boxed(map, "vault", to).unwrap()))
                .collect();
            for statement in &system.statements {
                let (cluster, vault) =
                    (&statement.resources().next().unwrap().node, statement.source.vault.value.name());
                let vault = vault.rsplit(':').next().unwrap();
                let leads = |(from, to): &(&str, &str)| from.starts_with(cluster.as_str()) && vault.starts_with(*to);
                assert!(arrows.iter().any(leads), "{}: {cluster} to {vault}: {arrows:?}", case.name);
                let said: String = map
                    .split("<text class=\"when\"")
                    .skip(1)
                    .map(|text| text.split(['>', '<']).nth(1).unwrap())
                    .collect();
                let said = said.replace(' ', "");
                let times =
                    statement.rules.iter().map(|rule| rule.schedule.node.describe(Language::English).replace(' ', ""));
                let counted = format!("{}rules", statement.rules.len());
                assert!(
                    said.contains(&counted) || times.into_iter().all(|times| said.contains(&times)),
                    "{}: {said}",
                    case.name
                );
            }
        }
    }
}

#[test]
fn maps_of_many_statements_lead_to_every_vault() {
    let statement = |number| {
        format!(
            "backup cluster c{number} from ap-northeast-1 vault v{} to eu-west-1 daily 01:00 JST keep 7d\n",
            number / 5
        )
    };
    let statements = (0..10).map(statement).collect::<Vec<_>>().concat();
    let page = page(&case("many", &statements, Format::Yaml));
    let map = page.split("<svg class=\"wide\"").nth(1).unwrap().split("</svg>").next().unwrap();
    let arrows: Vec<(&str, &str)> = brackets(map)
        .into_iter()
        .filter_map(|(from, to)| boxed(map, "cluster", from).zip(boxed(map, "vault", to)))
        .collect();
    assert_eq!(arrows, [("c0", "v0"), ("c1", "v0"), ("c2", "v0"), ("7 more", "v0"), ("7 more", "v1")]);
    assert!(map.contains(">7 rules<"));
}

#[test]
fn legends_name_what_is_drawn() {
    for case in cases() {
        let page = page(case);
        for figure in
            page.split("<figure class=\"drawing\">").skip(1).map(|rest| rest.split("</figure>").next().unwrap())
        {
            for class in ["backup", "copy", "replica"] {
                let named = figure.contains(&format!("<i class=\"{class}\">"));
                assert_eq!(named, figure.contains(&format!("<path class=\"{class}\"")), "{}: {class}", case.name);
            }
        }
    }
}
