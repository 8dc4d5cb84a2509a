//! The rationale as one JSON document, of the shape that `schema/explain-2.json` describes.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Cause, Explanation, Section};
use crate::json::{self, List};
use crate::reason::Quote;

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 2;

/// Writes the whole explanation, point after point, pretty-printed with a final line break.
///
/// # Errors
///
/// What is written to fails.
pub fn write(explanation: &Explanation<'_>, out: &mut dyn Write) -> io::Result<()> {
    json::write(explanation, out)
}

impl Serialize for Explanation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schemaVersion", &SCHEMA_VERSION)?;
        map.serialize_entry("language", self.language.code())?;
        if let Some(screen) = self.screen() {
            map.serialize_entry("screen", &screen)?;
        }
        map.serialize_entry("systems", &self.systems)?;
        map.serialize_entry("sections", &self.sections)?;
        map.end()
    }
}

impl Serialize for Section<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.kind.slug())?;
        map.serialize_entry("title", self.kind.title(self.language))?;
        map.serialize_entry("points", &List(|| self.points()))?;
        map.end()
    }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("reason", &self.reason.name())?;
        map.serialize_entry("why", self.why)?;
        map.serialize_entry("without", self.without)?;
        map.serialize_entry("source", self.reason.page)?;
        let quotes: Vec<&Quote> = self.reason.quotes().collect();
        if !quotes.is_empty() {
            map.serialize_entry("quotes", &quotes)?;
        }
        map.end()
    }
}
