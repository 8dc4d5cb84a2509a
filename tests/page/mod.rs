//! What holds for every document that is written for people, whoever writes it.

/// Elements that have no end tag.
const VOID: [&str; 2] = ["meta", "link"];

/// The values of an attribute.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let mark = format!(" {name}=\"");
    page.split(mark.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// A page stands alone, every link within it leads somewhere, and its tags nest.
pub(crate) fn html_is_sound(name: &str, page: &str) {
    for foreign in ["<script", "<img", " src=", "@import", "url("] {
        assert!(!page.contains(foreign), "{name} has {foreign}");
    }
    let ids = attributes(page, "id");
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{name} has an id twice");
    for link in attributes(page, "href") {
        match link.strip_prefix('#') {
            Some(anchor) => assert!(unique.binary_search(&anchor).is_ok(), "{name}: nothing is at #{anchor}"),
            None => assert!(link.starts_with("https://") || link == "data:,", "{name}: a link to {link}"),
        }
    }
    tags_nest(name, page);
}

/// Every start tag has its end tag, in order, and no `<` or `&` stands bare.
fn tags_nest(name: &str, page: &str) {
    let body = page.split_once("<html").unwrap().1;
    let body = format!("<html{body}");
    let mut open: Vec<&str> = Vec::new();
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("{name}: a bare < before {piece}"));
        let element = tag.split([' ', '\n']).next().unwrap();
        if let Some(ended) = element.strip_prefix('/') {
            assert_eq!(open.pop(), Some(ended), "{name}: near {text}");
        } else if !VOID.contains(&element) && !tag.ends_with('/') {
            open.push(element);
        }
        for reference in text.split('&').skip(1) {
            let known = ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|known| reference.starts_with(known));
            assert!(known, "{name}: a bare & before {reference}");
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} not ended");
}

/// Markdown has no markup but ours: code, bold labels, links of the contents, addresses of pages, folded parts, tables and
/// alerts. Headings go one level down at most, and the rows of a table have as many cells as its head.
pub(crate) fn markdown_is_sound(name: &str, document: &str) {
    let (mut level, mut in_block) = (0, false);
    let mut cells = None;
    assert_eq!(document.matches("<details>").count(), document.matches("</details>").count(), "{name}");
    for line in document.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        }
        if in_block || line.starts_with("```") {
            continue;
        }
        if let Some(title) = line.strip_prefix("<summary><b>") {
            // It stands for a heading.
            level = 2;
            assert!(title.ends_with("</summary>") && title.matches('<').count() == 2, "{name}: {line}");
            continue;
        }
        if ["<details>", "</details>", "> [!TIP]", "> [!WARNING]", "> [!CAUTION]"].contains(&line) {
            continue;
        }
        let separators = line.replace("\\|", "").matches('|').count();
        cells = line.starts_with('|').then(|| cells.unwrap_or(separators));
        assert!(cells.is_none_or(|cells| cells == separators), "{name}: another number of cells in {line}");
        let hashes = line.chars().take_while(|c| *c == '#').count();
        if hashes > 0 {
            assert!(hashes <= level + 1, "{name}: {line} below level {level}");
            level = hashes;
        }
        let line = line.strip_prefix("> **").map_or_else(|| line.to_owned(), |rest| format!("**{rest}"));
        let mut left = without_markup(&line);
        if cells.is_some() {
            left = left.replace('|', "").replace("<br>", "");
        }
        let bare = left.find(|c| "*_<>|~$&`#[]".contains(c));
        assert!(bare.is_none(), "{name}: something means something in: {line}\nleft: {left}");
        // `:100:` and `:key:` are pictures to GitHub, and escaping does not help.
        let words: Vec<&str> = left.split(':').collect();
        let inner = words.get(1..words.len().max(2) - 1).unwrap_or_default();
        let is_emoji = |word: &&str| matches!(*word, "100" | "1234" | "key" | "lock");
        assert!(!inner.iter().any(is_emoji), "{name}: perhaps a picture in: {line}");
    }
}

/// What is left of a line without our own markup.
fn without_markup(line: &str) -> String {
    let line = line.trim_start_matches('#').replace("\\\\", "");
    let mut left = String::new();
    // Escaped characters first, those in code not: every second piece is code.
    for (index, piece) in line.split('`').enumerate() {
        if index % 2 == 0 {
            let mut characters = piece.chars();
            while let Some(character) = characters.next() {
                if character == '\\' {
                    characters.next();
                } else {
                    left.push(character);
                }
            }
        }
    }
    let line = left;
    let mut left = String::new();
    // References to footnotes, and the footnotes themselves.
    for (index, piece) in line.split("[^").enumerate() {
        let number = piece.split_once(']').filter(|(number, _)| index > 0 && number.parse::<usize>().is_ok());
        left.push_str(number.map_or(piece, |(_, rest)| rest));
    }
    if let Some((before, rest)) = left.split_once("**") {
        let (_, after) = rest.split_once("**").unwrap_or_default();
        left = format!("{before}{after}");
    }
    // A box to tick, then links to headings and to pages.
    left = left.replacen("- [ ] ", "- ", 1);
    while let Some((before, rest)) = left.split_once('[') {
        let Some((text, rest)) = rest.split_once("](#").or_else(|| rest.split_once("](https://")) else { break };
        let (_, after) = rest.split_once(')').unwrap_or_default();
        left = format!("{before}{text}{after}");
    }
    while let Some((before, rest)) = left.split_once("<https://") {
        left = format!("{before}{}", rest.split_once('>').unwrap_or_default().1);
    }
    left
}
