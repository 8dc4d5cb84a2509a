//! Comments: where they begin, and what they ask of drc, as in `# drc: allow(W0305) reason="…"`.

/// Where the comment of a line begins, or the line ends. A `#` in quotes begins none.
pub(crate) fn comment_at(line: &str) -> usize {
    let mut quoted = false;
    let begins = |(_, c): &(usize, char)| {
        quoted ^= *c == '"';
        *c == '#' && !quoted
    };
    line.char_indices().find(begins).map_or(line.len(), |(at, _)| at)
}

/// Whether a comment asks something of drc.
pub(crate) fn asks(comment: &str) -> bool {
    directive(comment).is_some()
}

/// What a comment asks of drc; nothing that can be read where it only looks as if it did. A comment in a
/// comment, such as one of a statement that was commented out, asks nothing.
pub(crate) fn directive(comment: &str) -> Option<&str> {
    let content = comment.strip_prefix('#')?.trim();
    if let Some(directive) = content.strip_prefix("drc:") {
        return Some(directive.trim());
    }
    let lower = content.to_ascii_lowercase();
    let named =
        lower.strip_prefix("drc").map(|rest| rest.trim_start_matches(|c: char| c.is_whitespace() || ":：".contains(c)));
    let rest = named.unwrap_or(&lower).strip_prefix("allow")?.trim_start().strip_prefix(['(', '（'])?.trim_start();
    let code = |rest: &str| {
        let digits = rest.strip_prefix(['w', 'e'])?.get(..4)?;
        digits.bytes().all(|digit| digit.is_ascii_digit()).then_some(())
    };
    (named.is_some() || code(rest).is_some()).then_some("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_begin_outside_quotes() {
        let comment = |line: &'static str| line.get(comment_at(line)..).unwrap();
        assert_eq!(comment("backup cluster mydb"), "");
        assert_eq!(comment("backup # a \"b\""), "# a \"b\"");
        assert_eq!(comment("tags a=\"#1\" # b"), "# b");
        assert_eq!(comment("tags a=\"#1"), "");
    }

    #[test]
    fn what_looks_like_an_allowance_asks() {
        for comment in
            ["# drc: allow(W0401)", "#drc:alow", "#  DRC : Allow (w0401)", "# drc allow(W0401)", "# allow(E0101)"]
        {
            assert!(asks(comment), "{comment}");
        }
        for comment in [
            "# drc allows it",
            "# allow(none)",
            "## drc: allow(W0401)",
            "# x # drc: allow(W0401)",
            "#",
            "# allow(w01é)",
        ] {
            assert!(!asks(comment), "{comment}");
        }
    }
}
