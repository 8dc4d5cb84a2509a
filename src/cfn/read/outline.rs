//! What stands on each line of a template.

use std::collections::BTreeMap;

use super::{Content, Node};

/// A line of a template: the last that begins on it, or else what it is a part of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The names and numbers that lead to it, such as `Resources.Plan.Properties.Rules[0]`; none of the template itself.
    pub path: String,
    /// The last name that leads to it.
    pub key: String,
    /// The value, where it is neither a list nor a map.
    pub value: Option<String>,
}

/// Every line of a text with what stands on it.
pub fn lines(text: &str, root: &Node<'_>) -> Vec<Line> {
    let mut begun: Vec<Option<Line>> = vec![None; text.lines().count()];
    let line_of = |number: usize| number.checked_sub(1);
    walk(root, &Line::default(), &mut |line, node, at| {
        let is_end = at.is_none();
        let number = at.unwrap_or(node.extent.last_line);
        if let Some(place) =
            line_of(number).and_then(|index| begun.get_mut(index)).filter(|place| !is_end || place.is_none())
        {
            *place = Some(Line { value: node.scalar().map(Into::into), ..line.clone() });
        }
    });
    let mut last = Line::default();
    begun
        .into_iter()
        .map(|line| {
            last = line.unwrap_or_else(|| last.clone());
            last.clone()
        })
        .collect()
}

/// The first line of every path.
pub fn first_lines(root: &Node<'_>) -> BTreeMap<String, usize> {
    let mut first = BTreeMap::new();
    walk(root, &Line::default(), &mut |line, _, at| {
        if let Some(number) = at {
            first.entry(line.path.clone()).or_insert(number);
        }
    });
    first
}

/// Shows every value: where it begins with the number of that line, and behind what is in it without one.
fn walk<'n>(node: &'n Node<'_>, line: &Line, show: &mut impl FnMut(&Line, &'n Node<'_>, Option<usize>)) {
    match &node.content {
        Content::List(items) => {
            for (index, item) in items.iter().enumerate() {
                let line = Line { path: format!("{}[{index}]", line.path), ..line.clone() };
                show(&line, item, Some(item.extent.line));
                walk(item, &line, show);
            }
        }
        Content::Map(entries) => {
            for entry in entries {
                let before = if line.path.is_empty() { String::new() } else { format!("{}.", line.path) };
                let line =
                    Line { path: format!("{before}{}", entry.key), key: entry.key.clone().into_owned(), value: None };
                show(&line, &entry.value, Some(entry.key_extent.line));
                walk(&entry.value, &line, show);
            }
        }
        Content::Null | Content::Bool(_) | Content::Number(_) | Content::Text(_) | Content::Unknown(_) => return,
    }
    show(line, node, None);
}
