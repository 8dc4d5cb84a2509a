//! What is done with KMS keys.

/// What an administrator of a key may do, which is everything but use it: the actions as AWS's
/// default key policy has them, each with a call that needs it.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>.
pub(crate) const ADMINISTRATION: [(&str, &str); 12] = [
    ("kms:CancelKeyDeletion", "kms:CancelKeyDeletion"),
    ("kms:Create*", "kms:CreateAlias"),
    ("kms:Delete*", "kms:DeleteAlias"),
    ("kms:Describe*", "kms:DescribeKey"),
    ("kms:Disable*", "kms:DisableKey"),
    ("kms:Enable*", "kms:EnableKeyRotation"),
    ("kms:Get*", "kms:GetKeyPolicy"),
    ("kms:List*", "kms:ListGrants"),
    ("kms:Put*", "kms:PutKeyPolicy"),
    ("kms:Revoke*", "kms:RevokeGrant"),
    ("kms:ScheduleKeyDeletion", "kms:ScheduleKeyDeletion"),
    ("kms:Update*", "kms:UpdateKeyDescription"),
];
