//! What is wrong with a resolved document. One rule a file; after these, lowering is total.

pub(crate) mod accounts_differ;
pub(crate) mod china_snapshot_copy;
pub(crate) mod colliding_names;
pub(crate) mod copy_unsupported;
pub(crate) mod default_vault;
pub(crate) mod foreign_key_region;
pub(crate) mod key_in_two_roles;
pub(crate) mod key_of_existing_vault;
pub(crate) mod no_copy;
pub(crate) mod opt_in_region;
pub(crate) mod partition_crossed;
pub(crate) mod repeated_destination;
pub(crate) mod repeated_statement;
pub(crate) mod repeated_system;
pub(crate) mod restore_over_source;
pub(crate) mod restore_with_any_group;
pub(crate) mod role_administers_key;
pub(crate) mod role_not_passable;
pub(crate) mod rotation_of_replica;
pub(crate) mod service_opt_in;
pub(crate) mod short_windows;
pub(crate) mod single_region_primary;
pub(crate) mod source_equals_destination;
pub(crate) mod tags_differ_in_case;
pub(crate) mod timing;
pub(crate) mod too_many_tags;
pub(crate) mod unplaced_key;
pub(crate) mod unwritten_cluster_key;
pub(crate) mod vault_with_two_keys;

use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::spec::Spec;

/// Every check, in the order in which they run.
const CHECKS: &[fn(&Spec, &mut Diagnostics)] = &[
    short_windows::check,
    timing::check,
    source_equals_destination::check,
    no_copy::check,
    repeated_destination::check,
    partition_crossed::check,
    copy_unsupported::check,
    china_snapshot_copy::check,
    repeated_system::check,
    repeated_statement::check,
    vault_with_two_keys::check,
    key_of_existing_vault::check,
    key_in_two_roles::check,
    foreign_key_region::check,
    single_region_primary::check,
    unplaced_key::check,
    rotation_of_replica::check,
    colliding_names::check,
    accounts_differ::check,
    too_many_tags::check,
    tags_differ_in_case::check,
    opt_in_region::check,
    service_opt_in::check,
    unwritten_cluster_key::check,
    restore_with_any_group::check,
    restore_over_source::check,
    role_not_passable::check,
    default_vault::check,
    role_administers_key::check,
];

/// Runs every check. Warnings about a statement wait until there is no error in it: what they warn
/// of may be what was meant to be written.
pub fn check(spec: &Spec, sink: &mut Diagnostics) {
    let mut found = Diagnostics::default();
    for check in CHECKS {
        check(spec, &mut found);
    }
    let statements = spec.statements().map(|(_, statement)| statement);
    let mut wrong: Vec<Span> =
        statements.filter(|statement| !statement.reported.is_empty()).map(|statement| statement.span).collect();
    wrong.sort_unstable();
    let is_in_wrong = |span: Span| {
        let behind = wrong.partition_point(|other| (other.file, other.start) <= (span.file, span.start));
        let before = behind.checked_sub(1).and_then(|index| wrong.get(index));
        before.is_some_and(|other| other.file == span.file && span.end <= other.end)
    };
    found.retain(|finding| finding.is_error() || !is_in_wrong(finding.span));
    sink.append(found);
}
