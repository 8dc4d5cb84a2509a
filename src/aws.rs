//! What AWS is, as tables with the source beside each row.

pub(crate) mod arn;
pub mod handler;
pub(crate) mod kms;
pub(crate) mod location;
pub mod managed_policy;
pub mod name;
pub mod quota;
pub mod region;
pub mod resource_type;
