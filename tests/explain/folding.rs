//! Pages and documents open with the screen, and everything else is folded behind its title; what was narrowed is not.

use drc::explain::screen::sheet::{Block, Cell, Safety, Sheet};
use drc::explain::{Explanation, Language, Narrowing, explain, html, markdown, narrow};

use crate::support::{Case, cases, written};

const LANGUAGES: [Language; 2] = [Language::English, Language::Japanese];

/// A text without marks, in which nothing is but what is read.
fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && !"`\\".contains(*character)).collect()
}

/// What is read of a page.
fn read_html(page: &str) -> String {
    let texts = page.split('<').skip(1).map(|piece| piece.split_once('>').unwrap().1);
    let text: String = texts.collect();
    plain(
        &text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&"),
    )
}

/// What the screen says, in its order, each row of a block as one text.
fn told(sheet: &Sheet) -> Vec<String> {
    let cells = |row: &Vec<Cell>| -> Vec<String> { row.iter().map(|cell| plain(cell.text())).collect() };
    let block = |block: &Block| -> Vec<String> {
        std::iter::once(plain(block.label)).chain(block.rows.iter().flat_map(cells)).collect()
    };
    let (heads, labelled): (Vec<&Block>, Vec<&Block>) = sheet.blocks.iter().partition(|block| block.label.is_empty());
    let head = [plain(&sheet.title), plain(&sheet.place), plain(&sheet.verdict)];
    head.into_iter().chain(heads.into_iter().chain(labelled).flat_map(block)).collect()
}

/// Everything is there, one after the other.
#[track_caller]
fn in_order(name: &str, text: &str, told: &[String]) {
    let mut rest = text;
    for said in told {
        let split = rest.split_once(said.as_str());
        (_, rest) = split.unwrap_or_else(|| panic!("{name}: {said} is not told where it should be"));
    }
}

fn each(look: impl Fn(&str, &Case, &Explanation<'_>, &Sheet)) {
    for case in cases() {
        let input = case.input();
        for language in LANGUAGES {
            let explanation = explain(&input, language);
            let sheet = explanation.screen().unwrap().sheet(language);
            look(&format!("{} ({})", case.name, language.code()), case, &explanation, &sheet);
        }
    }
}

#[test]
fn pages_open_with_the_screen_and_fold_the_rest() {
    each(|name, case, explanation, sheet| {
        let page = case.page(explanation.language);
        let (screen, folded) = page.split_once("<details").unwrap();
        in_order(name, &read_html(screen.split_once("<body>").unwrap().1), &told(sheet));
        let safety = match sheet.safety {
            Safety::Safe => "safe",
            Safety::SafeIf => "safe-if",
            Safety::Unsafe => "unsafe",
        };
        assert!(screen.contains(&format!("<p class=\"verdict {safety}\">")), "{name}");
        // The specs and every section, none in another.
        assert_eq!(page.matches("<details").count(), explanation.sections.len() + 1, "{name}");
        assert!(!page.contains("<section") && !page.contains("<details open"), "{name}");
        let outside: String =
            folded.split("</details>").skip(1).map(|piece| piece.split("<details").next().unwrap()).collect();
        assert_eq!(read_html(&format!("<main>{outside}")), "", "{name}: something is not folded");
        for (section, part) in explanation.sections.iter().zip(folded.split("<details").skip(1)) {
            let title = section.kind.title(explanation.language).replace('\'', "&#39;");
            assert!(
                part.contains(&format!("id=\"{}\">\n<summary><h2>{title}</h2> <small>", section.kind.slug())),
                "{name}"
            );
            let count = part.split("<small>").nth(1).unwrap().split(' ').next().unwrap();
            assert_eq!(part.matches("<article").count().to_string(), count, "{name}: {title}");
        }
    });
}

#[test]
fn documents_open_with_the_screen_and_fold_the_rest() {
    each(|name, case, explanation, sheet| {
        let document = case.document(explanation.language);
        let (screen, folded) = document.split_once("<details>").unwrap();
        in_order(name, &plain(screen), &told(sheet));
        for arrow in &sheet.map {
            assert!(
                plain(screen).contains(&plain(&arrow.name)) && plain(screen).contains(&plain(&arrow.about)),
                "{name}"
            );
        }
        let parts: Vec<&str> = folded.split("<details>").collect();
        assert_eq!(parts.len(), explanation.sections.len(), "{name}");
        for (section, part) in explanation.sections.iter().zip(parts) {
            let title = section.kind.title(explanation.language);
            // Markdown begins behind an empty line, and ends before one.
            let within = part
                .strip_prefix(&*format!("\n<summary><b>{title}</b> · "))
                .unwrap_or_else(|| panic!("{name}: {part}"));
            let (count, within) = within.split_once("</summary>\n\n").unwrap();
            let (within, after) = within.split_once("\n\n</details>\n").unwrap();
            assert_eq!(
                format!("\n{within}").matches("\n### ").count().to_string(),
                count.split(' ').next().unwrap(),
                "{name}"
            );
            let notes = after.trim().lines().all(|line| line.starts_with("[^"));
            assert!(notes, "{name}: something is not folded: {after}");
        }
    });
}

#[test]
fn what_was_narrowed_has_no_screen_and_is_not_folded() {
    for case in cases() {
        let input = case.input();
        for language in LANGUAGES {
            let whole = explain(&input, language);
            let stack = case.compiled.stacks.first().unwrap();
            let narrowed = narrow(&whole, &Narrowing::Stack(stack.name.clone())).unwrap();
            let page = written(|out| html::write(&input, &narrowed, out));
            assert!(
                !page.contains("<details") && !page.contains("class=\"verdict") && page.contains("<nav"),
                "{}",
                case.name
            );
            assert_eq!(page.matches("<section").count(), narrowed.sections.len() + 1, "{}", case.name);
            let document = written(|out| markdown::write(&narrowed, out));
            assert!(!document.contains("<details>") && !document.contains("> [!"), "{}", case.name);
            assert_eq!(document.matches("\n## ").count(), narrowed.sections.len(), "{}", case.name);
        }
    }
}
