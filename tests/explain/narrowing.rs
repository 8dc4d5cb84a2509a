//! An explanation of a line, a resource, a statement, a stack, and of every line of every template.

use drc::diagnostic::human::{Colour, Style};
use drc::emit::{Format, template_path};
use drc::explain::{
    Explanation, Language, Narrowing, NoWord, Nothing, Point, Section, SectionKind, TemplateLine, Words, explain,
    narrow, template_lines, text, words_at,
};

use drc::lower::StackKind;

use crate::support::{Case, case, file, written};

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

/// The subjects of what the clause at a line and a column causes.
fn caused(case: &Case, line: usize, column: usize) -> Vec<String> {
    let input = case.input();
    let to = Narrowing::Words(words(case, line, column).unwrap());
    subjects(&narrow(&explain(&input, Language::English), &to).unwrap())
}

fn words(case: &Case, line: usize, column: usize) -> Result<Words, NoWord> {
    let id = case.sources.id(&format!("{}.drspec", case.name)).unwrap();
    words_at(&case.sources, id, line, column)
}

#[test]
fn a_word_causes_what_its_clause_asks_for_and_only_that() {
    let case = file(std::path::Path::new("specs/mydb.drspec"));
    // `backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 1d`
    for keep in [75, 78, 80, 81] {
        let expected = [
            "Coverage in ap-northeast-1 / mydb-source-vault",
            "Coverage in ap-northeast-3 / mydb-copies-from-ap-northeast-1",
            "DeleteAfterDays",
            "DeleteAfterDays",
            "DeleteDBClusterSnapshot",
            "Action",
        ];
        assert_eq!(caused(&case, 1, keep), expected);
    }
    for schedule in [59, 65, 71, 73] {
        let found = caused(&case, 1, schedule);
        assert!(found.iter().any(|subject| subject == "ScheduleExpression"), "{found:?}");
        assert!(found.iter().all(|subject| !subject.contains("DeleteAfterDays")), "{found:?}");
    }
    for destination in [41, 44] {
        let found = caused(&case, 1, destination);
        assert!(
            found.iter().any(|subject| subject == "CopyActions") && found.iter().any(|s| s == "AWS::KMS::ReplicaKey")
        );
        assert!(found.iter().all(|subject| subject != "AWS::KMS::Key"), "{found:?}");
    }
    assert_eq!(words(&case, 1, 7), Err(NoWord::Space));
    assert_eq!(words(&case, 1, 82), Err(NoWord::Behind(81)));
    let article = article();
    // `restore as "mydb*" subnet-group mydb-subnets parameter-group mydb-params`
    assert_eq!(caused(&article, 9, 22), caused(&article, 9, 40));
    assert!(caused(&article, 9, 3).len() > caused(&article, 9, 11).len());
    assert_eq!(words(&article, 10, 29), Err(NoWord::Comment));
    assert_eq!(words(&article, 3, 1), Err(NoWord::Behind(0)));
    // An account is in no template.
    let account = file(std::path::Path::new("specs/existing-vaults-and-role.drspec"));
    nothing(&account, &Narrowing::Words(words(&account, 3, 1).unwrap()));
}

/// Every clause that anything comes from is found at its first character, and brings nothing that comes from
/// another; all words together bring everything.
/// That each statement has a stack of its own is asked for by a clause of the system.
#[test]
fn the_layout_of_stacks_causes_the_stacks_of_statements() {
    let case = file(std::path::Path::new("specs/stacks-per-statement.drspec"));
    let text = std::fs::read_to_string("specs/stacks-per-statement.drspec").unwrap();
    let (line, words) = text.lines().enumerate().find(|(_, line)| line.starts_with("system ")).unwrap();
    let caused = caused(&case, line + 1, words.find("stacks").unwrap() + 1);
    let statements = case.compiled.stacks.iter().filter(|stack| stack.kind == StackKind::Statement);
    assert_eq!(caused.len(), statements.clone().count(), "{caused:?}");
    assert!(statements.clone().all(|stack| caused.iter().any(|told| told.ends_with(&format!(". {}", stack.name)))));
}

#[test]
fn each_clause_is_found_where_it_stands() {
    for name in ["mydb", "article", "existing-keys", "schedules", "former-destination"] {
        let case = file(std::path::Path::new(&format!("specs/{name}.drspec")));
        let own = format!("{name}.drspec");
        let input = case.input();
        let explanation = explain(&input, Language::English);
        let mut found: Vec<Words> = Vec::new();
        let mut clauses = 0;
        for clause in explanation.points().flat_map(|point| point.clauses).filter(|clause| clause.file == own) {
            // What nobody wrote stands at the beginning of the file, which may be a comment.
            if clause.text.is_empty() {
                continue;
            }
            let words = words(&case, clause.line, clause.column).unwrap();
            clauses += 1;
            if !found.contains(&words) {
                found.push(words);
            }
        }
        assert!(clauses > 50 && found.len() >= 4, "{name}: {clauses} clauses in {found:?}");
        for words in found {
            let left = narrow(&explanation, &Narrowing::Words(words.clone())).unwrap();
            for point in left.points() {
                // What surrounds it says nothing itself.
                assert!(!point.clauses.is_empty() || point.causes.is_empty() && point.facts.is_empty(), "{point:?}");
                for clause in &point.clauses {
                    let of = self::words(&case, clause.line, clause.column);
                    assert!(clause.text.is_empty() || of.as_ref() == Ok(&words), "{words:?}: {clause:?}");
                }
                for cause in &point.causes {
                    assert!(!cause.asked_by.is_empty(), "{words:?}: {cause:?}");
                    assert!(cause.asked_by.iter().all(|index| *index < point.clauses.len()));
                }
            }
        }
    }
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

/// The most lines of text that the answer for a line takes, where two kinds say what they need it for.
const LONGEST: usize = 40;

/// The whole answer for a line is one point, which stands on the line or is the innermost one around it.
fn holds_the_answer(line: &TemplateLine, known: &Explanation<'_>, paths: &[String]) {
    let left = narrow(known, &Narrowing::Template(line.clone())).unwrap_or_else(|_| panic!("nothing about {line:?}"));
    let points: Vec<Point> = left.points().collect();
    let [Point { places, points, .. }] = points.as_slice() else { panic!("{} points about {line:?}", points.len()) };
    let [place] = places.as_slice() else { panic!("{} places about {line:?}", places.len()) };
    assert!(points.is_empty());
    assert_eq!((&place.stack, place.region), (&line.stack, line.region));
    let lies_in = |path: &str, around: &str| {
        path.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let is_whole = line.path.is_empty() || !line.path.contains('.') && place.path == "Resources";
    assert!(is_whole || lies_in(&line.path, &place.path), "{line:?}: {place:?}");
    // From where the answer stands up to the line there is nothing else.
    let mut between = paths.iter().take(line.number).skip(place.line - 1);
    let is_near = place.line <= line.number && between.all(|path| lies_in(path, &place.path));
    assert!(is_whole || is_near, "{line:?}: {place:?}");
    let nearer = known.sections.iter().flat_map(Section::points).any(|point| {
        let mut parts = point.points.iter().flat_map(|part| &part.places).chain(&point.places);
        parts.any(|other| lies_in(&line.path, &other.path) && other.path.len() > place.path.len())
    });
    assert!(!nearer, "something is nearer to {line:?} than {place:?}");
    let style = Style { width: 100, colour: Colour::Never };
    let text = written(|out| text::write(&left, style, out));
    assert!(text.lines().count() <= LONGEST, "{line:?}:\n{text}");
}

#[test]
fn every_line_of_every_template_is_answered_for_and_nothing_else() {
    let mut lines = 0;
    for path in std::fs::read_dir("specs").unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_stem().unwrap().to_str().unwrap();
        for format in [Format::Yaml, Format::Json] {
            let case = case(name, &std::fs::read_to_string(&path).unwrap(), format);
            let input = case.input();
            let explanation = explain(&input, Language::English);
            for stack in &case.compiled.stacks {
                let of_stack = narrow(&explanation, &Narrowing::Stack(stack.name.clone())).unwrap();
                let path = format!("out/{}", template_path(stack, case.format));
                let all = template_lines(&input, &path).unwrap();
                assert!(all.iter().map(|line| line.number).eq(1..=all.len()));
                let paths: Vec<String> = all.iter().map(|line| line.path.clone()).collect();
                for line in &all {
                    holds_the_answer(line, &of_stack, &paths);
                }
                lines += all.len();
            }
        }
    }
    assert!(lines > 10_000, "only {lines} lines were asked for");
}

/// What is said of the first line of a template with a content.
fn answered(case: &Case, path: &str, content: &str) -> Point {
    let input = case.input();
    let output = case.compiled.files.iter().find(|file| path.ends_with(&file.path)).unwrap();
    let text = std::str::from_utf8(&output.bytes).unwrap();
    let index = text.lines().position(|line| line.trim_start_matches([' ', '-']) == content).unwrap();
    let line = template_lines(&input, path).unwrap().remove(index);
    let left = narrow(&explain(&input, Language::English), &Narrowing::Template(line)).unwrap();
    left.points().next().unwrap()
}

#[test]
fn a_line_is_told_apart_from_those_with_the_same_reasons() {
    for format in [Format::Yaml, Format::Json] {
        let case = case("mydb", &std::fs::read_to_string("specs/mydb.drspec").unwrap(), format);
        let (path, quoted) = match format {
            Format::Yaml => ("out/ap-northeast-1/mydb-source-backup.yml", false),
            Format::Json => ("out/ap-northeast-1/mydb-source-backup.json", true),
        };
        let content = |key: &str, value: &str| match (quoted, key) {
            (true, "") => format!("\"{value}\","),
            (true, key) => format!("\"{key}\": \"{value}\","),
            (false, "") => value.to_owned(),
            (false, key) => format!("{key}: {value}"),
        };
        let heading = |point: &Point| (point.subject.clone(), point.values.join(" "), point.of.clone().unwrap());
        let policy = answered(&case, path, &content("DeletionPolicy", "RetainExceptOnCreate"));
        assert_eq!(heading(&policy).1, "RetainExceptOnCreate");
        let action = answered(&case, path, &content("", "kms:GenerateDataKey"));
        let expected = ("Action", "kms:GenerateDataKey", "UseDataKeysThroughRds");
        assert_eq!(heading(&action), (expected.0.to_owned(), expected.1.to_owned(), expected.2.to_owned()));
        assert!(!action.causes.is_empty());
        // What is only a form has no reason of the statement's, and reasons are no reason of their own.
        let effect = answered(&case, path, &content("Effect", "Allow"));
        assert!(effect.facts[0].starts_with("The statement allows"));
        let why = answered(&case, path, &content("mutable", "free-to-tune"));
        assert_eq!((why.causes.len(), why.clauses.len(), why.of.as_deref()), (0, 0, Some("PlanMydbPlan")));
        // Of a condition with two reasons only the one is told that names the line.
        let granted = answered(
            &case,
            path,
            &if quoted {
                "\"kms:GrantIsForAWSResource\": \"true\"".to_owned()
            } else {
                "kms:GrantIsForAWSResource: 'true'".to_owned()
            },
        );
        assert_eq!(granted.causes.len(), 1);
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
    let found = template_lines(&input, path).unwrap().remove(line - 1);
    left(&case, &Narrowing::Template(found), |explanation| {
        assert_eq!(subjects(explanation), ["MultiRegion"]);
        assert_eq!(explanation.points().next().unwrap().places[0].line, line);
    });
    assert_eq!(template_lines(&input, "out/ap-northeast-1/other.yml"), None);
}
