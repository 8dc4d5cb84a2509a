//! Where in a resource something stands, and why.

use std::fmt;

use crate::kind::call::{Call, Stage};
use crate::origin::Origin;
use crate::reason::Reason;

/// A place in a resource as it is written: names joined by periods, `[]` behind a list's.
///
/// Costs no allocation, because every emitted property has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    pattern: &'static str,
    indices: [u16; 2],
}

impl Path {
    /// A place outside lists, or in the first member of each.
    pub const fn new(pattern: &'static str) -> Self {
        Self { pattern, indices: [0, 0] }
    }

    /// The same place in another member of the outermost list.
    #[must_use]
    pub fn outer(self, index: usize) -> Self {
        Self { indices: [u16::try_from(index).unwrap_or(u16::MAX), self.indices[1]], ..self }
    }

    /// The same place in another member of the inner list.
    #[must_use]
    pub fn inner(self, index: usize) -> Self {
        Self { indices: [self.indices[0], u16::try_from(index).unwrap_or(u16::MAX)], ..self }
    }

    /// The place without its indices.
    pub const fn pattern(self) -> &'static str {
        self.pattern
    }

    /// Which member of the outermost list.
    pub fn outer_index(self) -> usize {
        usize::from(self.indices[0])
    }

    /// The last name.
    pub fn name(self) -> &'static str {
        self.pattern.rsplit('.').next().unwrap_or(self.pattern).trim_end_matches("[]")
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut indices = self.indices.iter();
        for (number, part) in self.pattern.split("[]").enumerate() {
            if number > 0 {
                write!(f, "[{}]", indices.next().copied().unwrap_or_default())?;
            }
            f.write_str(part)?;
        }
        Ok(())
    }
}

/// Why something stands at a place of a resource.
#[derive(Clone, Debug)]
pub struct Note {
    /// The place.
    pub at: Path,
    /// The clause and the reason.
    pub origin: Origin,
    /// The call that needs it and when, for an action of a policy.
    pub call: Option<(&'static Call, Stage)>,
}

impl Note {
    /// A note on something that is no permission.
    pub const fn new(at: Path, origin: Origin) -> Self {
        Self { at, origin, call: None }
    }
}

/// Notes at places outside lists, all for one clause.
pub(crate) fn notes(origin: &Origin, places: &[(&'static str, &'static Reason)]) -> Vec<Note> {
    places.iter().map(|(pattern, reason)| Note::new(Path::new(pattern), origin.because(reason))).collect()
}
