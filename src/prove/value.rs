//! Values of typed condition operators: numbers, dates and IP addresses.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use jiff::Timestamp;
use std::net::IpAddr;

/// A range of IP addresses in CIDR notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AddressRange {
    address: IpAddr,
    prefix: u8,
}

/// An integer or decimal value.
pub(super) fn number(text: &str) -> Option<f64> {
    let decimal = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
    text.parse().ok().filter(|_| decimal)
}

/// A date in a W3C form of ISO 8601, or in seconds since 1970; four digits alone are a year.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match (digits, text.len()) {
        (true, 4) => midnight(&format!("{text}-01-01")),
        (true, _) => Timestamp::from_second(text.parse().ok()?).ok(),
        (false, 7) => midnight(&format!("{text}-01")),
        (false, 10) => midnight(text),
        (false, _) => text.parse().ok(),
    }
}

fn midnight(date: &str) -> Option<Timestamp> {
    format!("{date}T00:00:00Z").parse().ok()
}

/// `true` or `false` in any case.
pub(super) fn truth(text: &str) -> Option<bool> {
    [true, false].into_iter().find(|truth| text.eq_ignore_ascii_case(if *truth { "true" } else { "false" }))
}

impl AddressRange {
    /// A range, or one address: `/32`, and `/128` in IPv6.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(longest), |prefix| prefix.parse().ok())?;
        (prefix <= longest).then_some(Self { address, prefix })
    }

    /// Whether an address of the same family lies in the range.
    pub(super) fn contains(self, address: IpAddr) -> bool {
        let prefix = u32::from(self.prefix);
        match (self.address, address) {
            (IpAddr::V4(range), IpAddr::V4(address)) => (range.to_bits() ^ address.to_bits()).leading_zeros() >= prefix,
            (IpAddr::V6(range), IpAddr::V6(address)) => (range.to_bits() ^ address.to_bits()).leading_zeros() >= prefix,
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}
