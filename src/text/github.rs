//! What GitHub makes of Markdown: which characters mean something, and where headings are found.

use std::collections::BTreeMap;

/// A text in which no character means anything; what stands between backquotes stays code.
///
/// Source: <https://github.github.com/gfm/#backslash-escapes>; `$` begins mathematics,
/// <https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions>;
/// `@NAME` and `#1` call people and issues, which no backslash prevents, but a blank without width does,
/// <https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#mentioning-people-and-teams>.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let (mut code, mut before) = (false, [' '; 2]);
    for character in text.chars() {
        let calls = match before {
            [word, _] if word.is_alphanumeric() => false,
            [_, '@'] => character.is_ascii_alphanumeric(),
            [_, sign] => sign == '#' && character.is_ascii_digit(),
        };
        if character == '`' {
            code = !code;
        } else if !code && "\\*_[]<>#|~$&".contains(character) {
            escaped.push('\\');
        } else if !code && calls {
            escaped.push('\u{200b}');
        }
        escaped.push(character);
        let [_, last] = before;
        before = [last, character];
    }
    // A backquote without its other half would begin code.
    if code { escaped.replace('`', "\\`") } else { escaped }
}

/// A text as code, whatever is in it.
///
/// Source: <https://github.github.com/gfm/#code-spans>.
pub(crate) fn code(text: &str) -> String {
    if text.contains('`') { format!("``` {text} ```") } else { format!("`{text}`") }
}

/// Lines as a block of code in a language, whatever is in them: its fence is longer than any that they have.
///
/// Source: <https://github.github.com/gfm/#fenced-code-blocks>.
pub(crate) fn fenced(language: &str, lines: &str) -> String {
    let runs = lines.split(|character| character != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default().max(2) + 1);
    let end = if lines.is_empty() || lines.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{lines}{end}{fence}\n")
}

/// The anchors of the headings of one document, in their order.
#[derive(Debug, Default)]
pub(crate) struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    /// The anchor of the next heading: its words in lower case, joined by hyphens, and a number
    /// where the document has had it before.
    ///
    /// Source: <https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links>.
    pub(crate) fn next(&mut self, heading: &str) -> String {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        let anchor: String =
            heading.to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect();
        let mut unique = anchor.clone();
        while self.0.contains_key(&unique) {
            let count = self.0.entry(anchor.clone()).or_default();
            *count += 1;
            unique = format!("{anchor}-{count}");
        }
        self.0.insert(unique.clone(), 0);
        unique
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_means_anything_outside_code() {
        assert_eq!(escaped("a*b_c <d> `e*f` &lt; ${G}"), "a\\*b\\_c \\<d\\> `e*f` \\&lt; \\${G}");
        assert_eq!(escaped("an odd ` stays"), "an odd \\` stays");
        assert_eq!(escaped("@ops, a@b.c, #12, a#1, `@ops`"), "@\u{200b}ops, a@b.c, \\#\u{200b}12, a\\#1, `@ops`");
        assert_eq!(code("a*b"), "`a*b`");
        assert_eq!(code("a`b"), "``` a`b ```");
        assert_eq!(fenced("diff", "+a\n"), "```diff\n+a\n```\n");
        assert_eq!(fenced("diff", " ```\n b"), "````diff\n ```\n b\n````\n");
    }

    /// As github-slugger makes them.
    #[test]
    fn anchors_are_those_of_github() {
        let mut anchors = Anchors::default();
        for (heading, anchor) in [
            ("What it makes, and in which order", "what-it-makes-and-in-which-order"),
            ("1. mydb: from ap-northeast-1 (Tokyo)", "1-mydb-from-ap-northeast-1-tokyo"),
            ("1.1 Set `TZ`", "11-set-tz"),
            ("保持期間・コピー・RPO", "保持期間コピーrpo"),
            ("1.2 シェルの準備(Tokyo)", "12-シェルの準備tokyo"),
            ("Keys", "keys"),
            ("keys", "keys-1"),
            ("Keys!", "keys-2"),
            ("keys-1", "keys-1-1"),
        ] {
            assert_eq!(anchors.next(heading), anchor);
        }
    }
}
