//! One page with drawings, that needs no script.

use super::{Explanation, Input};

/// The whole page.
pub fn render(_input: &Input<'_>, explanation: &Explanation) -> String {
    super::markdown::render(explanation)
}
