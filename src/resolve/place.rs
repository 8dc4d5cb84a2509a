//! A region with its vault and its key.

use super::value;
use crate::aws::region::{Enabled, Partition, Region};
use crate::diagnostic::Diagnostics;
use crate::source::{Span, Spanned};
use crate::spec::{Chosen, KeyName, Level, Place, VaultName};
use crate::syntax::ast;

/// Stands for a region that could not be read; it is no region of AWS.
static UNKNOWN: Region =
    Region { code: "", name: "", name_ja: "", partition: Partition::Aws, enabled: Enabled::ByDefault };

/// A place; `derive` gives the names of the vault and the key where none is written. They also
/// stand in the place of names that were wrong, which has been reported. `None` when the region was.
pub(super) fn resolve(
    place: &ast::Place,
    level: Level,
    derive: impl Fn() -> (String, String),
    sink: &mut Diagnostics,
) -> Option<Place> {
    let region = value::region(&place.region, sink);
    let vault = place.vault.as_ref().and_then(|word| value::vault(word, sink));
    let key = place.key.as_ref().and_then(|word| value::key(word, region.map(|region| region.node), sink));
    let mut made = derived(region?, level.derived(), derive);
    if let Some(vault) = vault {
        made.vault = Chosen::written(vault, level);
    }
    if let Some(key) = key {
        made.key = Chosen::written(key, level);
    }
    Some(made)
}

/// The place of which nothing could be read.
pub(super) fn unknown(span: Span, derive: impl Fn() -> (String, String)) -> Place {
    derived(Spanned::new(&UNKNOWN, span), Level::Derived, derive)
}

fn derived(region: Spanned<&'static Region>, level: Level, derive: impl Fn() -> (String, String)) -> Place {
    let (vault, key) = derive();
    Place {
        region,
        vault: Chosen::new(VaultName::Made(vault), region.span, level),
        key: Chosen::new(KeyName::Made(key), region.span, level),
    }
}
