//! An explanation of a line, a resource, a statement, a stack, and of every line of every template.

use drc::emit::{Format, template_path};
use drc::explain::{Explanation, Language, Narrowing, Nothing, Section, SectionKind, explain, narrow, template_line};

use crate::support::{Case, case, cases, file};

fn article() -> Case {
    file(std::path::Path::new("specs/article.drspec"))
}

/// What is left of a case's explanation.
fn left(case: &Case, to: &Narrowing, look: impl Fn(&Explanation<'_>)) {
    let input = case.input();
    look(&narrow(&explain(&input, Language::English), to).unwrap());
}

fn nothing(case: &Case, to: &Narrowing) -> Nothing {
    let input = case.input();
    narrow(&explain(&input, Language::English), to).unwrap_err()
}

/// The subjects of what is left, those of parts included.
fn subjects(explanation: &Explanation<'_>) -> Vec<String> {
    explanation.points().map(|point| point.subject).collect()
}

fn tells(explanation: &Explanation<'_>, subject: &str) -> bool {
    subjects(explanation).iter().any(|told| told == subject)
}

fn line(line: usize) -> Narrowing {
    Narrowing::Line { file: None, line }
}

#[test]
fn a_line_causes_what_its_clauses_ask_for() {
    let case = article();
    left(&case, &line(6), |to| {
        assert!(tells(to, "DestinationBackupVaultArn"));
        assert!(tells(to, "AWS::KMS::ReplicaKey"));
        assert!(!tells(to, "StartWindowMinutes"));
    });
    left(&case, &line(9), |restore| {
        let sections: Vec<SectionKind> = restore.sections.iter().map(|section| section.kind).collect();
        assert_eq!(sections, [SectionKind::RolePolicy, SectionKind::Recovery]);
    });
    left(&case, &line(2), |administrators| {
        assert_eq!(administrators.sections.len(), 1);
        assert!(tells(administrators, "AdministerKey"));
    });
}

#[test]
fn a_line_without_clauses_causes_nothing() {
    nothing(&article(), &line(3));
    nothing(&article(), &Narrowing::Line { file: Some("other.drspec".to_owned()), line: 4 });
}

#[test]
fn a_resource_a_statement_and_a_stack_stand_alone() {
    let case = article();
    left(&case, &Narrowing::Resource("VaultDestinationBackupVault".to_owned()), |vault| {
        let mut points = vault.points();
        assert!(points.all(|point| point.places.iter().all(|place| place.stack == "source-destination-backup")));
    });
    left(&case, &Narrowing::Statement("DeleteDBClusterSnapshot".to_owned()), |statement| {
        let tops: Vec<_> = statement.sections.iter().flat_map(Section::points).collect();
        assert_eq!(tops.len(), 1);
        assert!(!tops[0].points.is_empty());
    });
    left(&case, &Narrowing::Stack("source-replica-kms".to_owned()), |stack| {
        assert!(tells(stack, "PrimaryKeyArn"));
        assert!(!tells(stack, "MultiRegion"));
    });
}

#[test]
fn what_is_unknown_is_told_with_what_is_near() {
    let near = |to: Narrowing| nothing(&article(), &to).nearest;
    let sid = near(Narrowing::Statement("DeleteDBClusterSnapshots".to_owned()));
    assert_eq!(sid.as_deref(), Some("DeleteDBClusterSnapshot"));
    let stack = near(Narrowing::Stack("source-replica-kmz".to_owned()));
    assert_eq!(stack.as_deref(), Some("source-replica-kms"));
}

#[test]
fn every_line_of_every_template_is_explained() {
    let text = std::fs::read_to_string("specs/article.drspec").unwrap();
    let mut all = cases();
    all.push(case("article", &text, Format::Json));
    for case in &all {
        let input = case.input();
        let explanation = explain(&input, Language::English);
        for stack in &case.compiled.stacks {
            let of_stack = narrow(&explanation, &Narrowing::Stack(stack.name.clone())).unwrap();
            let path = format!("out/{}", template_path(stack, case.format));
            let output = case.compiled.files.iter().find(|file| path.ends_with(&file.path)).unwrap();
            let text = String::from_utf8(output.bytes.clone()).unwrap();
            // Every line of the article's templates, and samples of the others, whose lines are alike.
            let step = if case.name == "article" { 1 } else { 23 };
            for (index, content) in text.lines().enumerate().step_by(step) {
                if ["{", "}", "Resources:", "Parameters:", "Conditions:", "Outputs:"].contains(&content)
                    || content.ends_with("\": {") && content.len() < 18
                    || ["  },", "  }"].contains(&content)
                {
                    continue;
                }
                let line = template_line(&input, &path, index + 1).unwrap();
                let left = narrow(&of_stack, &Narrowing::Template(line));
                assert!(left.is_ok(), "{path}:{}: {content}", index + 1);
            }
            assert!(template_line(&input, &path, text.lines().count() + 1).is_none());
        }
    }
}

#[test]
fn a_line_of_a_template_says_what_stands_on_it() {
    let case = article();
    let input = case.input();
    let path = "out/ap-northeast-1/source-primary-kms.yml";
    let template = case.compiled.files.iter().find(|file| path.ends_with(&file.path)).unwrap();
    let text = String::from_utf8(template.bytes.clone()).unwrap();
    let line = text.lines().position(|line| line.trim() == "MultiRegion: true").unwrap() + 1;
    let found = template_line(&input, path, line).unwrap();
    left(&case, &Narrowing::Template(found), |explanation| {
        assert_eq!(subjects(explanation), ["MultiRegion"]);
        assert_eq!(explanation.points().next().unwrap().places[0].line, line);
    });
    assert!(template_line(&input, "out/ap-northeast-1/other.yml", 1).is_none());
}
