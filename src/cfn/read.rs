//! Templates of anybody into a tree in which every value knows where it stands: YAML and JSON, long and short forms of
//! functions, anchors.
//!
//! What a plain scalar is follows YAML 1.1, which CloudFormation reads, except that dates stay texts; what is JSON
//! throughout follows JSON. CloudFormation itself refuses aliases, but `aws cloudformation package` writes them out, and
//! merge keys with them, so templates of people have both: they are written out here too, and where the first stands is
//! kept.
//!
//! - The format: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html>
//! - Short forms: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>
//! - Merge keys: <https://yaml.org/type/merge.html>

mod build;
mod node;
mod outline;
mod scalar;

use std::fmt;

use granit_parser::Parser;

use crate::aws::quota::TEMPLATE_BYTES;
use build::Builder;

pub use node::{Content, Entry, Extent, Node};
pub use outline::{Line, first_lines, lines};

/// A template as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'a> {
    /// All of it: a map.
    pub root: Node<'a>,
    /// Where the first alias stands, with which CloudFormation refuses the template as it is.
    pub first_alias: Option<Extent>,
}

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong.
    pub what: String,
    /// Where.
    pub at: Extent,
}

impl Malformed {
    fn new(what: impl Into<String>, at: Extent) -> Self {
        Self { what: what.into(), at }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.at.line, self.what)
    }
}

impl std::error::Error for Malformed {}

/// Reads a template. The time and the memory that it takes follow the length of the text, whatever is in it.
///
/// # Errors
///
/// The text is longer than CloudFormation takes, written out or as it is; it is neither YAML nor JSON; or it has what no
/// template can have, such as two entries of one name.
pub fn read(text: &str) -> Result<Document<'_>, Malformed> {
    if text.len() > TEMPLATE_BYTES {
        let what = format!("a template has at most {TEMPLATE_BYTES} bytes, and this has {}", text.len());
        return Err(Malformed::new(what, Extent { line: 1, ..Extent::default() }));
    }
    let mut builder = Builder::new(is_json(text));
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Malformed::new(error.info(), Extent::at(*error.marker())))?;
        builder.event(event, &span)?;
    }
    builder.finish()
}

/// Whether a text is JSON throughout, so that its scalars are what JSON says.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
