//! Each format in each language: byte for byte for the specs of the README, and what must hold for
//! every spec. `UPDATE=1` writes what is rendered now.

use std::path::Path;

use drc::diagnostic::human::{Colour, Style};
use drc::explain::{Language, explain, html, json, markdown, text};

use crate::page::{html_is_sound, markdown_is_sound};
use crate::support::{cases, file, written};

const STYLE: Style = Style { width: 100, colour: Colour::Never };
const LANGUAGES: [Language; 2] = [Language::English, Language::Japanese];

#[expect(clippy::disallowed_methods, reason = "tests are updated by a variable")]
pub(crate) fn expect(name: &str, rendered: &str) {
    let path = Path::new("tests/explain/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, rendered).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = similar::TextDiff::from_lines(expected.as_str(), rendered).unified_diff().to_string();
    assert!(difference.is_empty(), "{name} is not what is rendered; `UPDATE=1` writes it:\n{difference}");
}

#[test]
fn the_specs_of_the_readme_are_explained_as_expected() {
    for name in ["mydb", "article"] {
        let case = file(Path::new(&format!("specs/{name}.drspec")));
        for language in LANGUAGES {
            let input = case.input();
            let explanation = explain(&input, language);
            let code = language.code();
            expect(&format!("{name}.{code}.txt"), &written(|out| text::write(&explanation, STYLE, out)));
            // Markdown is held against the text, and the shape of the other documents against the schema.
            if name == "mydb" && language == Language::English {
                expect("mydb.en.json", &written(|out| json::write(&explanation, out)));
            }
        }
    }
}

/// The letters and digits of each line that has any: what is left of a text without its marks.
fn letters<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let letters = lines.map(|line| line.chars().filter(|character| character.is_alphanumeric()).collect::<String>());
    letters.filter(|letters| !letters.is_empty()).collect()
}

/// Below the screen, Markdown says line by line what the text says.
#[test]
fn markdown_says_what_the_text_says() {
    for case in cases() {
        for language in LANGUAGES {
            let style = Style { width: 100_000, colour: Colour::Never };
            let told = written(|out| text::write(&explain(&case.input(), language), style, out));
            let (_, document) = case.document(language).split_once("<details>").unwrap();
            let lines = document.lines().filter(|line| !line.ends_with("details>"));
            // How many points a section has is not in the text.
            let lines = lines.map(|line| match line.strip_prefix("<summary><b>") {
                Some(title) => title.split_once("</b>").unwrap().0,
                None => line,
            });
            let (told, written) = (letters(told.lines()), letters(lines));
            // What is mentioned is listed under a heading of its own in the text alone.
            let told: Vec<String> =
                told.into_iter().filter(|line| line != language.say("Pages", "参照ページ")).collect();
            let differs = told.iter().zip(&written).find(|(told, written)| told != written);
            assert_eq!(differs, None, "{} in {language:?}", case.name);
            assert_eq!(told.len(), written.len(), "{} in {language:?}", case.name);
        }
    }
}

#[test]
fn json_is_of_the_shape_that_its_schema_describes() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../schema/explain-2.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for case in cases() {
        for language in LANGUAGES {
            let document =
                serde_json::from_str(&written(|out| json::write(&explain(&case.input(), language), out))).unwrap();
            let problems: Vec<String> =
                validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(problems.is_empty(), "{}: {problems:#?}", case.name);
        }
    }
}

#[test]
fn colours_are_only_where_they_are_wanted() {
    let case = file(Path::new("specs/mydb.drspec"));
    let input = case.input();
    let explanation = explain(&input, Language::English);
    let coloured = written(|out| text::write(&explanation, Style { colour: Colour::Always, ..STYLE }, out));
    let plain = written(|out| text::write(&explanation, STYLE, out));
    assert!(coloured.contains("\u{1b}[") && !plain.contains('\u{1b}'));
    let mut stripped = coloured;
    for code in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[36m"] {
        stripped = stripped.replace(code, "");
    }
    assert_eq!(stripped, plain);
}

#[test]
fn html_is_whole() {
    for case in cases() {
        for language in LANGUAGES {
            let page = case.page(language);
            html_is_sound(&case.name, page);
            assert!(page.matches("<svg").count() >= 4, "{} has too few drawings", case.name);
            assert!(page.contains(&format!("<html lang=\"{}\">", language.code())));
        }
    }
}

#[test]
fn every_row_of_the_policy_table_leads_to_its_clause() {
    for case in cases() {
        for language in LANGUAGES {
            let page = case.page(language);
            let (_, table) = page.split_once("<table class=\"policy\">").unwrap();
            let (_, table) = table.split_once("<tbody>").unwrap();
            let rows: Vec<&str> = table.split_once("</tbody>").unwrap().0.split("<tr>").skip(1).collect();
            assert!(rows.len() > 10, "{}", case.name);
            for row in rows {
                assert!(row.contains("<a class=\"clause\" href=\"#f"), "{}: {row}", case.name);
            }
        }
    }
}

#[test]
fn arns_are_read_as_what_they_name() {
    let mut hidden = 0;
    for case in cases() {
        let input = case.input();
        for language in LANGUAGES {
            let explanation = explain(&input, language);
            let page = case.page(language);
            let whole: Vec<&str> = page.split("<span class=\"arn\" title=\"").skip(1).collect();
            hidden += whole.len();
            let shown = page.matches("arn:${AWS::Partition}").count();
            let titles = whole.iter().filter(|title| title.starts_with("arn:${AWS::Partition}")).count();
            assert_eq!(shown, titles, "{}: an ARN with a partition to be filled in is read", case.name);
            // Nothing of it is lost.
            for value in explanation.points().flat_map(|point| point.values).filter(|value| value.starts_with("arn:")) {
                let arn = format!("title=\"{value}\">");
                assert!(page.contains(&arn), "{}: {value}", case.name);
            }
        }
    }
    assert!(hidden > 1000, "{hidden}");
}

#[test]
fn arns_say_region_and_account_where_they_have_another() {
    let spec = std::fs::read_to_string("specs/existing-keys.drspec").unwrap();
    let foreign = spec.replace(
        "encrypted by arn:aws:kms:ap-northeast-1:111122223333",
        "encrypted by arn:aws:kms:ap-northeast-1:444455556666",
    );
    let own = "key/1234abcd-12ab-34cd-56ef-1234567890ab <small>ap-northeast-1</small>";
    for (language, account, any) in [
        (Language::English, "ap-northeast-1, account 444455556666", "key/* <small>ap-northeast-1, any account</small>"),
        (
            Language::Japanese,
            "ap-northeast-1、アカウント 444455556666",
            "key/* <small>ap-northeast-1、任意のアカウント</small>",
        ),
    ] {
        let page = |name: &str, text: &str| {
            let case = crate::support::case(name, text, drc::emit::Format::Yaml);
            let input = case.input();
            written(|out| html::write(&input, &explain(&input, language), out))
        };
        assert!(page("own", &spec).contains(own) && !page("own", &spec).contains(account));
        assert!(page("foreign", &foreign).contains(account));
        assert!(
            page("any", "backup cluster mydb from ap-northeast-1 to eu-west-1 daily 01:00 JST keep 7d\n").contains(any)
        );
    }
}

#[test]
fn markdown_means_nothing_but_what_it_should() {
    for case in cases() {
        for language in LANGUAGES {
            markdown_is_sound(&case.name, case.document(language));
        }
    }
}

#[test]
fn names_are_escaped() {
    let spec = "backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n  \
                # <script>alert('&')</script> | *a* _b_ &lt; \"`\n";
    let case = crate::support::case("<b>&*\"_`", &format!("system plain\n{spec}"), drc::emit::Format::Yaml);
    let input = case.input();
    for language in LANGUAGES {
        let explanation = explain(&input, language);
        let page = written(|out| html::write(&input, &explanation, out));
        html_is_sound("escaped", &page);
        assert!(page.contains("&lt;b&gt;&amp;*&quot;_`.drspec") && page.contains("&lt;script&gt;"));
        let document = written(|out| markdown::write(&explanation, out));
        assert!(document.contains("``` <b>&*\"_`.drspec:2:1 ```"));
    }
}
