//! Every format says all of a change, in both languages, and means nothing else by it.

use std::sync::LazyLock;

use drc::change::{Change, Hunk, Item, Report, Verdict, change, html, hunks, json, markdown, text};
use drc::diagnostic::human::{Colour, Style};
use drc::text::{Language, Text};
use rayon::prelude::*;
use serde_json::Value;

use crate::page::{html_is_sound, markdown_is_sound};
use crate::{NOW, Side, State, compared, edits, golden, side};

const LANGUAGES: [Language; 2] = [Language::English, Language::Japanese];

/// A change with everything that is said of it.
struct Case {
    name: String,
    new: Side,
    change: Change,
    hunks: Vec<Hunk>,
}

impl Case {
    fn of(name: &str, old: &Side, new: Side) -> Self {
        let (before, after) = (State::read(&old.templates).unwrap(), State::read(&new.templates).unwrap());
        let hunks = hunks(&before, &after);
        Self { name: name.to_owned(), change: compared(old, &new), hunks, new }
    }

    fn report(&self, language: Language) -> Report<'_> {
        Report { change: &self.change, hunks: &self.hunks, sources: &self.new.sources, language }
    }

    fn document(&self, language: Language) -> Value {
        serde_json::from_str(&written(|out| json::write(&self.report(language), out))).unwrap()
    }

    fn comment(&self, language: Language) -> String {
        written(|out| markdown::write(&self.report(language), out))
    }

    fn page(&self, language: Language) -> String {
        written(|out| html::write(&self.report(language), out))
    }
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A spec in which a destination is given up, the loss of which is allowed.
const ALLOWED: [&str; 2] = [
    "backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n",
    "# drc: allow(L0602) reason=\"nothing was ever copied, says <b>@ops</b> in #12\"\n\
     backup cluster mydb from ap-northeast-1 to us-west-2 daily 01:00 JST keep 7d\n",
];

fn allowed() -> Case {
    let [old, new] = ALLOWED.map(|text| side("mydb.drspec", text).unwrap_or_else(|codes| panic!("{codes:?}")));
    Case::of("allowed", &old, new)
}

/// One change of each field that compiles, one that is allowed, and one of which something is not seen.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let old = side("everything.drspec", edits::BASE).unwrap_or_else(|codes| panic!("{codes:?}"));
    let fields = edits::CHANGES.par_iter().filter_map(|(what, from, to)| {
        Some(Case::of(what, &old, side("everything.drspec", &edits::BASE.replacen(from, to, 1)).ok()?))
    });
    let mut cases: Vec<Case> = fields.collect();
    assert!(cases.len() > 60, "{}", cases.len());
    cases.push(allowed());
    let [before, after] = [&old, &old].map(|side| State::read(&side.templates).unwrap());
    let noted = format!("# drc: allow(L0601) reason=\"nothing\"\n{}", edits::BASE);
    let noted = side("everything.drspec", &noted).unwrap_or_else(|codes| panic!("{codes:?}"));
    cases.push(Case::of("unused", &old, noted));
    let unseen = change(&before, &after, Some("111122223333"), NOW.parse().unwrap());
    let new = side("everything.drspec", edits::BASE).unwrap_or_else(|codes| panic!("{codes:?}"));
    cases.push(Case { name: "unseen".to_owned(), new, change: unseen, hunks: Vec::new() });
    cases
});

/// Everything that a format must say of an item: the sentences, and why it may happen.
fn sentences(item: &Item, language: Language) -> impl Iterator<Item = String> {
    let texts = std::iter::once(&item.text).chain(&item.details).chain(&item.steps);
    let texts = texts.map(move |text: &Text| text.get(language).to_owned());
    texts.chain(item.allowed.clone())
}

/// What is left of a text without blanks and the marks of code.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '`' | '\u{200b}')).collect()
}

/// Whether something found no room, which is said last.
fn is_cut(comment: &str) -> bool {
    comment.lines().last().is_some_and(|last| last.contains("`drc diff`"))
}

/// Holds a format to saying everything, once what it has for marks is taken away.
fn says_everything(format: &str, bare: impl Fn(&Case, Language) -> String + Sync) {
    CASES.par_iter().for_each(|case| {
        for language in LANGUAGES {
            let told = bare(case, language);
            if is_cut(&told) {
                continue;
            }
            let told = plain(&told);
            for sentence in case.change.items().flat_map(|item| sentences(item, language)) {
                assert!(told.contains(&plain(&sentence)), "{format} of {} lacks: {sentence}\n{told}", case.name);
            }
            assert!(told.starts_with(case.change.verdict().word()) || format != "text", "{told}");
            for (_, code) in &case.change.unused {
                assert!(told.contains(code), "{format} of {} lacks the note on {code}", case.name);
            }
            for hunk in &case.hunks {
                assert!(told.contains(&plain(&hunk.diff)), "{format} of {} lacks a hunk: {}", case.name, hunk.path);
            }
        }
    });
}

#[test]
fn text_says_everything() {
    says_everything("text", |case, language| {
        written(|out| text::write(&case.report(language), Style::PLAIN, 100, out))
    });
}

#[test]
fn comments_say_everything() {
    says_everything("md", |case, language| case.comment(language).replace('\\', ""));
    let cut = CASES.iter().filter(|case| is_cut(&case.comment(Language::English))).count();
    assert!(cut * 4 < CASES.len(), "{cut} of {} are too long for a comment", CASES.len());
}

#[test]
fn pages_say_everything() {
    says_everything("html", |case, language| {
        let page = case.page(language);
        let mut text = String::new();
        for piece in page.split('<') {
            text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        }
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        text.replace("&amp;", "&")
    });
}

#[test]
fn documents_say_everything() {
    says_everything("json", |case, language| {
        let mut texts = String::new();
        gather(&case.document(language), &mut texts);
        texts
    });
    for case in CASES.iter() {
        let document = case.document(Language::English);
        let count = |list: &Value| list.as_array().unwrap().len();
        let items: usize =
            document["sections"].as_array().unwrap().iter().map(|section| count(&section["items"])).sum();
        assert_eq!(items + count(&document["conditions"]), case.change.items().count(), "{}", case.name);
        assert_eq!(count(&document["resources"]), case.change.resources.len(), "{}", case.name);
        assert_eq!(count(&document["stacks"]), case.change.stacks.len(), "{}", case.name);
    }
}

/// Every text of a document.
fn gather(value: &Value, texts: &mut String) {
    match value {
        Value::String(text) => texts.extend([text, "\n"]),
        Value::Array(items) => items.iter().for_each(|item| gather(item, texts)),
        Value::Object(members) => members.values().for_each(|member| gather(member, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn documents_follow_their_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../schema/diff-1.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for case in CASES.iter() {
        for language in LANGUAGES {
            let document = case.document(language);
            let problems: Vec<String> =
                validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(problems.is_empty(), "{}: {problems:#?}", case.name);
        }
    }
}

#[test]
fn a_document_is_as_expected() {
    let case = allowed();
    let Report { change, sources, language, .. } = case.report(Language::English);
    // The hunks are long, and other goldens have the templates.
    let report = Report { change, sources, language, hunks: &[] };
    let mut complaints = String::new();
    golden("tests/change/allowed.en.json".as_ref(), &written(|out| json::write(&report, out)), &mut complaints);
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn comments_and_pages_mean_nothing_but_what_they_should() {
    CASES.par_iter().for_each(|case| {
        for language in LANGUAGES {
            let (comment, page) = (case.comment(language), case.page(language));
            markdown_is_sound(&case.name, &comment);
            html_is_sound(&case.name, &page);
            assert!(page.contains(&format!("<html lang=\"{}\">", language.code())));
        }
    });
}

/// What must be read stands before anything that is folded, with its clause; the verdict comes first.
#[test]
fn comments_open_with_what_must_be_read() {
    for case in CASES.iter() {
        let comment = case.comment(Language::English);
        let (open, _) = comment.split_once("<details>").unwrap_or((&comment, ""));
        let (alert, verdict) = open.split_once('\n').unwrap();
        let worst = case.change.verdict();
        let wanted = match worst {
            Verdict::Safe if case.change.is_safe() => "> [!TIP]",
            Verdict::Safe | Verdict::Look => "> [!WARNING]",
            Verdict::Loses => "> [!CAUTION]",
        };
        assert_eq!(alert, wanted, "{}", case.name);
        assert!(verdict.starts_with(&format!("> **{}", worst.word())), "{}: {verdict}", case.name);
        let open = plain(&open.replace('\\', ""));
        for item in case.change.items().filter(|item| item.verdict > Verdict::Safe || item.is_condition) {
            assert!(open.contains(&plain(&item.text.en)), "{}: {}", case.name, item.text.en);
            if let Some(span) = item.span {
                let (file, line, _) = case.new.sources.position(span.file, span.start);
                assert!(open.contains(&format!("{}—{file}:{line}", plain(&item.text.en))), "{}", case.name);
            }
        }
    }
}

/// GitHub takes no longer comment, and what is folded stays folded.
#[test]
fn a_comment_is_never_too_long() {
    let mut case = allowed();
    let change = &mut case.change;
    for section in [&mut change.points, &mut change.cloudformation, &mut change.timing] {
        let many = section.iter().cycle().take(section.len() * 100).cloned().collect();
        *section = many;
    }
    case.hunks = case.hunks.iter().cycle().take(100).cloned().collect();
    for language in LANGUAGES {
        let comment = case.comment(language);
        assert!(comment.chars().count() <= 65_536, "{}", comment.chars().count());
        assert!(comment.chars().count() > 60_000, "{}", comment.chars().count());
        markdown_is_sound(&case.name, &comment);
        assert!(is_cut(&comment) && comment.lines().last().unwrap().contains(char::is_numeric), "{comment}");
    }
}

#[test]
fn colours_are_those_of_verdicts_and_clauses_alone() {
    let case = allowed();
    let report = case.report(Language::English);
    let [coloured, plain] = [Colour::Always, Colour::Never]
        .map(|colour| written(|out| text::write(&report, Style { colour, ..Style::PLAIN }, 100, out)));
    assert!(coloured.starts_with("\u{1b}[1;33mlook\u{1b}[0m: ") && !plain.contains('\u{1b}'));
    let bare: String = coloured.split('\u{1b}').enumerate().map(|(index, piece)| uncoloured(index, piece)).collect();
    assert_eq!(bare, plain);
}

/// A piece behind an escape sequence, without the rest of that.
fn uncoloured(index: usize, piece: &str) -> &str {
    if index == 0 { piece } else { piece.split_once('m').map_or("", |(_, text)| text) }
}

/// Templates of others may have anything in their names.
#[test]
fn names_cannot_act() {
    let case = allowed();
    let mut change = compared(&case.new, &case.new);
    let name = "a\u{1b}[2Jb <script>alert(1)</script> @ops\n# c";
    for item in change.items_mut() {
        item.text.en = format!("vault {name} stays");
    }
    let hunk =
        Hunk { path: name.to_owned(), diff: "--- a\n+++ b\n@@ -1 +1 @@\n ```\n-</details>\n+\u{1b}[2J\n".to_owned() };
    let hunks = [hunk];
    let report = Report { change: &change, hunks: &hunks, sources: &case.new.sources, language: Language::English };
    let shown = written(|out| text::write(&report, Style::PLAIN, 100, out));
    assert!(!shown.contains('\u{1b}') && shown.contains("\\u{1b}[2J"), "{shown}");
    let comment = written(|out| markdown::write(&report, out));
    assert!(
        comment.contains("\n````diff\n") && !comment.contains("@ops") && !comment.contains(" <script"),
        "{comment}"
    );
    html_is_sound("names", &written(|out| html::write(&report, out)));
}
