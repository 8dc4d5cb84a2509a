//! How large IAM finds a policy.

use super::Document;

impl Document<String> {
    /// The number of characters that IAM counts against its quotas.
    ///
    /// IAM leaves white space out of the count; white space inside a text is counted here nevertheless, so the figure
    /// is never too small.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
    ///
    /// # Errors
    ///
    /// The document cannot be written: a statement compares one key twice with one operator.
    pub fn character_count(&self) -> serde_json::Result<usize> {
        Ok(serde_json::to_string(self)?.chars().count())
    }
}
