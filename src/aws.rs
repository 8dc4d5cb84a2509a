//! What AWS is, as tables with the source beside each row.

pub mod arn;
pub mod handler;
pub mod kms;
pub mod location;
pub mod managed_policy;
pub mod name;
pub mod quota;
pub mod region;
