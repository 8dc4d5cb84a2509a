//! What is asked: who calls which action on which resources, in which context.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A call to be decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// Who calls.
    pub principal: Principal,
    /// The action, such as `kms:Decrypt`; its case means nothing.
    pub action: String,
    /// The ARN of every resource of the call, each of which must be allowed; `*` where the action has no resource type.
    pub resources: Vec<String>,
    /// The condition keys that the call carries.
    pub context: Context,
}

/// Who makes a call.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Principal {
    /// A user, a role or an account's root user, by its ARN.
    Aws(String),
    /// A session of a role.
    Session {
        /// The role's ARN.
        role: String,
        /// The session's ARN, `arn:aws:sts::<account>:assumed-role/<role>/<session>`.
        session: String,
    },
    /// A service, by its service principal.
    Service(String),
    /// A user that an identity provider vouches for, by the provider.
    Federated(String),
    /// Nobody in particular.
    Anonymous,
}

/// The condition keys of a call with their values, which calls that differ in something else share.
///
/// Case means nothing in a key's name:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Context(Option<Arc<BTreeMap<String, Vec<String>>>>);

impl Principal {
    /// The account to which the caller belongs; services, federated and anonymous callers belong to none.
    pub fn account(&self) -> Option<&str> {
        self.arn().and_then(account_of)
    }

    /// The ARN of the identity whose policies count: a session acts with its role's.
    pub fn arn(&self) -> Option<&str> {
        match self {
            Self::Aws(arn) | Self::Session { role: arn, .. } => Some(arn),
            Self::Service(_) | Self::Federated(_) | Self::Anonymous => None,
        }
    }

    /// Whether the caller is an account's root user.
    pub fn is_root(&self) -> bool {
        matches!(self, Self::Aws(arn) if arn.ends_with(":root"))
    }
}

impl Context {
    /// The context in which no variable has a value.
    pub(super) const NONE: &Self = &Self(None);

    /// The values of a key, whatever its case; none if the call does not carry it.
    pub fn get(&self, key: &str) -> &[String] {
        if key.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return self.get_lower_case(&key.to_ascii_lowercase());
        }
        self.get_lower_case(key)
    }

    /// The same context with one more key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.values(key).push(value.into());
        self
    }

    /// Every key, in lower case, with its values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().flat_map(|keys| keys.iter()).map(|(key, values)| (key.as_str(), values.as_slice()))
    }

    /// The values of a key, to be added to.
    fn values(&mut self, key: &str) -> &mut Vec<String> {
        Arc::make_mut(self.0.get_or_insert_default()).entry(key.to_ascii_lowercase()).or_default()
    }

    fn get_lower_case(&self, key: &str) -> &[String] {
        self.0.as_ref().and_then(|keys| keys.get(key)).map_or(&[], Vec::as_slice)
    }
}

impl FromIterator<(String, Vec<String>)> for Context {
    fn from_iter<I: IntoIterator<Item = (String, Vec<String>)>>(entries: I) -> Self {
        let mut context = Self::default();
        for (key, values) in entries {
            context.values(&key).extend(values);
        }
        context
    }
}

/// The account in an ARN; none where the ARN leaves it out.
pub(super) fn account_of(arn: &str) -> Option<&str> {
    component(arn, 4).filter(|account| !account.is_empty())
}

/// One of the six parts of an ARN, the first being `arn` itself.
pub(crate) fn component(arn: &str, index: usize) -> Option<&str> {
    arn.splitn(6, ':').nth(index)
}

/// The six parts of an ARN; those that are missing are empty.
pub(super) fn components(arn: &str) -> [&str; 6] {
    let mut parts = arn.splitn(6, ':');
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{component, components};

    #[test]
    fn an_arn_has_six_components_and_the_last_has_colons() {
        let arn = "arn:aws:rds:eu-west-1:1:cluster-snapshot:awsbackup:job-1";
        let each: Vec<_> = (0..7).map(|index| component(arn, index)).collect();
        let expected = ["arn", "aws", "rds", "eu-west-1", "1", "cluster-snapshot:awsbackup:job-1"].map(Some);
        assert_eq!(each, [&expected[..], &[None]].concat());
        assert_eq!(components(arn).map(Some), expected);
        assert_eq!(components("a:b:c:d:e"), ["a", "b", "c", "d", "e", ""]);
        assert_eq!((components("*"), components("")), (["*", "", "", "", "", ""], [""; 6]));
        assert_eq!((component("*", 0), component("*", 1), component("", 0)), (Some("*"), None, Some("")));
    }
}
