//! Condition operators: `[ForAllValues:|ForAnyValue:]<test>[IfExists]`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::fmt;
use std::str::FromStr;

/// A condition operator with its prefix and suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operator {
    /// How a key with several values is compared.
    pub set: Option<SetOperator>,
    /// The comparison itself.
    pub test: Test,
    /// Whether a key that the request lacks satisfies the condition.
    pub if_exists: bool,
}

/// The prefix of an operator for keys with several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SetOperator {
    /// `ForAllValues`: every value of the request matches, also when there is none.
    ForAllValues,
    /// `ForAnyValue`: at least one value of the request matches.
    ForAnyValue,
}

/// The text is not a condition operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownOperator(pub String);

macro_rules! tests {
    ($($test:ident)+) => {
        /// The comparison that an operator makes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Test {
            $(#[doc = concat!("`", stringify!($test), "`.")] $test,)+
        }

        impl Test {
            /// Every comparison that IAM knows.
            pub const ALL: &[Self] = &[$(Self::$test),+];

            /// The name in the document.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$test => stringify!($test),)+
                }
            }
        }
    };
}

tests! {
    StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike
    NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals
    DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals
    Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnNotEquals ArnLike ArnNotLike Null
}

impl Operator {
    /// The bare operator of a test.
    pub const fn new(test: Test) -> Self {
        Self { set: None, test, if_exists: false }
    }

    /// The same operator with the suffix `IfExists`.
    #[must_use]
    pub const fn if_exists(self) -> Self {
        Self { if_exists: true, ..self }
    }

    /// The same operator with a prefix for keys with several values.
    #[must_use]
    pub const fn over(self, set: SetOperator) -> Self {
        Self { set: Some(set), ..self }
    }
}

impl From<Test> for Operator {
    fn from(test: Test) -> Self {
        Self::new(test)
    }
}

impl SetOperator {
    /// The name in the document, without the colon.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ForAllValues => "ForAllValues",
            Self::ForAnyValue => "ForAnyValue",
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(set) = self.set {
            write!(f, "{}:", set.as_str())?;
        }
        f.write_str(self.test.as_str())?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

impl FromStr for Operator {
    type Err = UnknownOperator;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownOperator(text.to_owned());
        let (set, rest) = match text.split_once(':') {
            None => (None, text),
            Some(("ForAllValues", rest)) => (Some(SetOperator::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(SetOperator::ForAnyValue), rest),
            Some(_) => return Err(unknown()),
        };
        let (name, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |name| (name, true));
        let named = |test: &&Test| test.as_str() == name;
        let operator = Self { set, test: *Test::ALL.iter().find(named).ok_or_else(unknown)?, if_exists };
        if operator.test == Test::Null && if_exists {
            return Err(unknown());
        }
        Ok(operator)
    }
}

impl fmt::Display for UnknownOperator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a condition operator", self.0)
    }
}

impl std::error::Error for UnknownOperator {}
