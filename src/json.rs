//! Documents that are written while they are made, so that no more of them is held than a member.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::Value;

/// A list whose members are made when it is written, one after the other.
pub(crate) struct List<F>(pub(crate) F);

impl<F, I> Serialize for List<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

/// A map whose entries are made when it is written, one after the other.
#[derive(Clone)]
pub(crate) struct Map<I>(pub(crate) I);

impl<K: Serialize, V: Serialize, I: IntoIterator<Item = (K, V)> + Clone> Serialize for Map<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

/// A document as text, pretty-printed with a final line break.
pub(crate) fn text(document: &impl Serialize) -> String {
    // None has a map with keys other than texts, the only way this can fail.
    serde_json::to_string_pretty(document).map(|text| text + "\n").unwrap_or_default()
}

/// Writes a document, pretty-printed with a final line break.
pub(crate) fn write(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
}

/// An object without the members that are null.
pub(crate) fn present(mut object: Value) -> Value {
    object.as_object_mut().into_iter().for_each(|members| members.retain(|_, member| !member.is_null()));
    object
}
