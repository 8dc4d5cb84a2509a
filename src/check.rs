//! What is wrong with a resolved document. One rule a file; after these, lowering is total.

pub mod accounts_differ;
pub mod china_snapshot_copy;
pub mod colliding_names;
pub mod copy_unsupported;
pub mod default_vault;
pub mod foreign_key_region;
pub mod key_in_two_roles;
pub mod key_of_existing_vault;
pub mod no_copy;
pub mod opt_in_region;
pub mod partition_crossed;
pub mod repeated_destination;
pub mod repeated_statement;
pub mod repeated_system;
pub mod restore_with_any_group;
pub mod role_administers_key;
pub mod role_not_passable;
pub mod rotation_of_replica;
pub mod service_opt_in;
pub mod short_windows;
pub mod single_region_primary;
pub mod source_equals_destination;
pub mod tags_differ_in_case;
pub mod timing;
pub mod too_many_tags;
pub mod unplaced_key;
pub mod unwritten_cluster_key;
pub mod vault_with_two_keys;

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
