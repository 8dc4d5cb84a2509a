//! What every page needs: its frame, and texts in which nothing means anything to HTML.

use std::fmt::Write as _;

use super::Language;

/// How pages look: colours for light and dark, a column of text, a verdict, code, parts that are folded, paper.
pub(crate) const PAGE: &str = include_str!("html/page.css");

/// What ends a page.
pub(crate) const FOOT: &str = "</main>\n</body>\n</html>\n";

/// What begins a page that needs nothing else: no script, no other file.
pub(crate) fn head(title: &str, language: Language, styles: &[&str]) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
        language.code(),
        escaped(title),
        styles.concat()
    )
}

/// What shows everything at once, since each part is unfolded on its own, and what is folded is not printed.
pub(crate) fn unfold(language: Language) -> String {
    let label = language.say("Show everything, as for printing it", "すべて表示する(印刷する場合など)");
    format!(
        "<p class=\"unfold\"><input type=\"checkbox\" id=\"everything\"/><label for=\"everything\">{label}</label></p>\n"
    )
}

/// A text with nothing in it that means something to HTML.
///
/// Source: <https://html.spec.whatwg.org/multipage/parsing.html#escapingString>.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A sentence, in which backquotes mark code; `html` makes HTML of what is within and between them.
pub(crate) fn prose(text: &str, html: impl Fn(&str) -> String) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html(text);
    }
    let mut prose = String::new();
    for (index, part) in parts.iter().enumerate() {
        let part = html(part);
        // Writing to a String cannot fail.
        let _ = if index % 2 == 1 { write!(prose, "<code>{part}</code>") } else { write!(prose, "{part}") };
    }
    prose
}

/// A sentence, in which backquotes mark code and nothing else means anything.
pub(crate) fn plain_prose(text: &str) -> String {
    prose(text, escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_code_is_marked() {
        assert_eq!(plain_prose("a `<b>` & \"c\""), "a <code>&lt;b&gt;</code> &amp; &quot;c&quot;");
        assert_eq!(plain_prose("an odd ` stays"), "an odd ` stays");
        assert_eq!(plain_prose("`a` and `b`"), "<code>a</code> and <code>b</code>");
    }
}
