//! Every rule of every phase, sorted by code.

pub mod page;

use crate::change::rules as l;
use crate::check as c;
use crate::check::timing as t;
use crate::lower::quota as q;
use crate::prove as p;
use crate::resolve::rules as r;
use crate::rule::DiagnosticRule;
use crate::syntax::rules as s;

/// The table.
pub static RULES: &[&DiagnosticRule] = &[
    &s::E0001,
    &s::E0002,
    &s::E0003,
    &s::E0004,
    &s::E0005,
    &s::E0006,
    &s::E0007,
    &s::E0008,
    &s::E0009,
    &s::E0010,
    &s::E0011,
    &s::E0012,
    &s::E0013,
    &s::E0014,
    &s::W0015,
    &s::E0016,
    &s::E0017,
    &r::E0101,
    &r::E0102,
    &r::E0103,
    &r::E0104,
    &r::E0105,
    &r::E0106,
    &r::E0107,
    &r::E0108,
    &r::E0109,
    &r::E0110,
    &r::E0111,
    &r::E0112,
    &r::E0113,
    &r::E0114,
    &r::E0115,
    &r::E0118,
    &r::E0201,
    &r::E0202,
    &c::short_windows::E0203,
    &c::short_windows::E0204,
    &r::E0205,
    &r::E0206,
    &r::W0207,
    &t::irregular_times::W0208,
    &t::overlapping_windows::W0209,
    &t::overrunning_runs::W0210,
    &t::uneven_interval::W0211,
    &t::uneven_interval::W0212,
    &t::closed_window::W0213,
    &t::uncovered_time::W0214,
    &t::uncovered_time::W0215,
    &t::unmet_rpo::E0216,
    &t::overlapping_windows::E0217,
    &t::endless_queue::W0218,
    &t::cut_horizon::W0219,
    &t::never_due::E0220,
    &t::never_due::W0221,
    &t::closed_window::W0222,
    &t::closed_window::E0223,
    &c::source_equals_destination::E0301,
    &c::no_copy::W0302,
    &c::repeated_destination::E0303,
    &c::partition_crossed::E0304,
    &c::repeated_statement::E0305,
    &c::colliding_names::E0306,
    &c::vault_with_two_keys::E0307,
    &c::key_in_two_roles::E0308,
    &c::unplaced_key::E0309,
    &c::single_region_primary::E0310,
    &c::foreign_key_region::E0311,
    &c::opt_in_region::W0312,
    &c::china_snapshot_copy::W0313,
    &c::copy_unsupported::E0314,
    &c::accounts_differ::E0316,
    &c::repeated_system::E0317,
    &c::rotation_of_replica::E0318,
    &c::key_of_existing_vault::E0319,
    &c::restore_over_source::E0320,
    &c::unwritten_cluster_key::W0401,
    &c::service_opt_in::W0402,
    &c::role_not_passable::W0403,
    &c::restore_with_any_group::W0404,
    &p::E0405,
    &c::role_administers_key::W0406,
    &c::default_vault::W0407,
    &q::E0501,
    &q::E0502,
    &q::E0503,
    &q::E0504,
    &c::too_many_tags::E0505,
    &q::E0506,
    &q::E0507,
    &q::W0508,
    &c::tags_differ_in_case::E0509,
    &l::L0601,
    &l::L0602,
    &l::L0603,
    &l::L0604,
    &l::L0605,
    &s::E9999,
];

/// The rule with this code, in any case and also without leading zeros.
pub fn find(code: &str) -> Option<&'static DiagnosticRule> {
    let code = code_of(code)?;
    RULES.iter().find(|rule| rule.code == code).copied()
}

/// The code that a text means which has the shape of one: a letter and up to four digits.
pub fn code_of(text: &str) -> Option<String> {
    let (letter, digits) = ['E', 'L', 'W'].into_iter().find_map(|letter| {
        let digits = text.strip_prefix(letter).or_else(|| text.strip_prefix(letter.to_ascii_lowercase()))?;
        Some((letter, digits))
    })?;
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("{letter}{digits:0>4}"))
}

/// The rule with this name.
pub fn named(name: &str) -> Option<&'static DiagnosticRule> {
    RULES.iter().find(|rule| rule.name == name).copied()
}
