//! JSON as people read it.

use serde::Serialize;

/// Pretty-printed with a final line break.
pub(super) fn render(value: &impl Serialize) -> String {
    // Nothing that is emitted has a map with keys other than texts, the only way this can fail.
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}
