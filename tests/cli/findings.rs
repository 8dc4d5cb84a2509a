//! Many findings: what one reads of them, and that machines read them all.

use std::fs;

use super::input::{SENTENCE, drc, said};

/// What is said of texts, one file each.
fn check(texts: &[String], format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (index, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(format!("db{index:03}.drspec")), text).unwrap();
    }
    let now = "2026-01-01T00:00Z";
    said(&drc(folder.path(), &["check", ".", "--now", now, "--message-format", format]))
}

/// The README's sentence, once for each cluster.
fn fleet() -> Vec<String> {
    (0..100).map(|number| SENTENCE.replace("mydb", &format!("db{number}")).replace("7d", "1d")).collect()
}

/// A statement without copies and with one warning, of which no other's says the same.
fn own(number: usize) -> String {
    format!(
        "# drc: allow(W0302, W0401, W0402, W0404) reason=\"not what this shows\"\n\
         backup cluster a from ap-northeast-1 daily 01:00 JST keep 7d role r{number}\n"
    )
}

#[test]
fn what_a_fleet_shares_is_said_once() {
    let text = check(&fleet(), "human");
    assert!(text.lines().count() < 75, "{text}");
    // Of each region it is said once that Aurora must be switched on there.
    for (code, shown) in [("W0214", 1), ("W0215", 1), ("W0401", 1), ("W0402", 2), ("W0404", 1)] {
        assert_eq!(text.matches(&format!("warning[{code}]")).count(), shown, "{text}");
        assert!(text.contains(&format!("\n{:>3} {code} ", shown * 100)), "{text}");
    }
    assert_eq!(text.matches(" and 96 more\n").count(), 5, "{text}");
    let found = check(&fleet(), "short").lines().count();
    assert!(text.ends_with(&format!("\n{found} warnings; `drc explain CODE` says more\n")), "{text}");
}

#[test]
fn machines_read_every_finding() {
    let json: serde_json::Value = serde_json::from_str(&check(&fleet(), "json")).unwrap();
    let found = json["diagnostics"].as_array().unwrap().len();
    assert!(found >= 600, "{found}");
    for format in ["short", "github"] {
        assert_eq!(check(&fleet(), format).lines().count(), found, "{format}");
    }
}

/// What stands under the place is often the only advice.
#[test]
fn machines_read_the_whole_of_a_finding() {
    let texts = [SENTENCE.replace("JST ", ""), SENTENCE.replace("JST", "JSR")];
    let json: serde_json::Value = serde_json::from_str(&check(&texts, "json")).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&check(&texts, "sarif")).unwrap();
    let github = check(&texts, "github");
    let found = json["diagnostics"].as_array().unwrap();
    assert!(found.iter().any(|finding| finding["label"].is_string()) && found.len() == 2, "{json:#}");
    for ((finding, result), command) in
        found.iter().zip(sarif["runs"][0]["results"].as_array().unwrap()).zip(github.lines())
    {
        let help = finding["help"].as_array().unwrap();
        for said in [&finding["message"], &finding["label"]].into_iter().chain(help).filter_map(|said| said.as_str()) {
            assert!(result["message"]["text"].as_str().unwrap().contains(said), "{said}: {sarif:#}");
            assert!(command.contains(said), "{said}: {github}");
        }
    }
}

#[test]
fn machines_read_what_settles_a_finding() {
    let text = SENTENCE.replace("keep 7d", "keep 1d\n  maintenance sun 03:00-04:00 UTC");
    let json: serde_json::Value = serde_json::from_str(&check(&[text], "json")).unwrap();
    let found = json["diagnostics"].as_array().unwrap().iter();
    let cures: Vec<(&str, &serde_json::Value)> = found
        .flat_map(|finding| {
            finding["cures"].as_array().unwrap().iter().map(|cure| (finding["code"].as_str().unwrap(), cure))
        })
        .collect();
    for cure in [
        ("W0213", serde_json::json!({ "remove": "maintenance sun 03:00-04:00 UTC" })),
        ("W0214", serde_json::json!({ "write": "keep 2d" })),
        ("W0402", serde_json::json!({ "run": "aws backup describe-region-settings --region ap-northeast-1" })),
    ] {
        assert!(cures.contains(&(cure.0, &cure.1)), "{cure:?}: {json:#}");
    }
}

#[test]
fn after_a_hundred_warnings_the_rest_is_a_number() {
    let mut specs: Vec<String> = (0..120).map(own).collect();
    let text = check(&specs, "human");
    assert_eq!(text.matches("warning[W0403]").count(), 100, "{text}");
    assert!(text.contains("\n20 more warnings, not shown here: `--message-format short` lists all\n"), "{text}");
    // Errors take the place of warnings.
    specs.extend((0..100).map(|number| SENTENCE.replace("JST", &format!("Q{number}Q"))));
    let text = check(&specs, "human");
    assert_eq!((text.matches("error[E0201]").count(), text.matches("warning[").count()), (100, 0), "{text}");
    assert!(text.contains(" warnings, not shown here: "), "{text}");
}

#[test]
fn errors_come_last_and_every_place_of_them_is_named() {
    let mut specs = fleet();
    for spec in specs.iter_mut().step_by(2) {
        *spec = spec.replace("daily", "dialy");
    }
    let text = check(&specs, "human");
    let last_warning = text.rfind("\nwarning[").unwrap_or(0);
    assert!(text.find("error[").is_some_and(|error| error > last_warning), "{text}");
    for index in (0..100).step_by(2) {
        assert!(text.contains(&format!("db{index:03}.drspec:1:")), "{index} is not in {text}");
    }
    let various: Vec<String> = (0..150).map(|number| SENTENCE.replace("JST", &format!("Q{number}Q"))).collect();
    let text = check(&various, "human");
    assert_eq!(text.matches("error[E0201]").count(), 150, "{text}");
}

#[test]
fn what_is_said_of_long_lines_is_short() {
    let word = "x".repeat(8_000);
    let line = |number: usize| {
        let words: Vec<String> = (0..600).map(|index| format!("to r{number}q{index}")).collect();
        let mut line = format!("backup cluster a from ap-northeast-1 daily 01:00 JST keep 7d {}", words.join(" "));
        line.truncate(9_900);
        line + "\n"
    };
    let long = vec![(0..4).map(line).collect::<String>()];
    for format in ["human", "short", "github"] {
        let text = check(&long, format);
        let findings = text.matches("error").count();
        assert!(findings > 2_000 && text.len() < findings * 500, "{format}: {findings} in {} bytes", text.len());
        let text = check(&[SENTENCE.replace("mydb", &word), "y".repeat(5_000_000)], format);
        assert!(text.contains("E0103") && text.contains("E0004") && text.len() < 3_000, "{format}: {text}");
    }
}
