//! Error texts that reasons quote as AWS's own, each with where it was seen.

use serde::Serialize;

/// An error text of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// The text, or the part of it that is always the same.
    pub text: &'static str,
    /// Where it was seen: AWS's own page, or a report of a real deployment.
    pub source: &'static str,
}

/// Every error text that a reason quotes.
pub static QUOTES: &[Quote] = &[
    Quote {
        text: "Access Denied trying to call AWS Backup service",
        source: "https://repost.aws/knowledge-center/backup-resolve-access-denied-error",
    },
    Quote {
        text: "CompleteWindowMinutes must be at least 60 minutes greater than StartWindowMinutes",
        source: PREFLIGHT,
    },
    Quote { text: "Invalid backup vault ARN", source: PREFLIGHT },
    Quote {
        text: "Maximum policy size of 10240 bytes exceeded",
        source: "https://github.com/aws/aws-cdk/issues/12403",
    },
    Quote {
        text: "Requires capabilities : [CAPABILITY_NAMED_IAM]",
        source: "https://github.com/envato/stack_master/issues/138",
    },
    Quote { text: "StartWindowMinutes parameter is below minimum value", source: PREFLIGHT },
    Quote { text: "The new key policy will not allow you to update the key policy in the future.", source: PREFLIGHT },
    Quote {
        text: "The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it",
        source: TROUBLESHOOTING,
    },
    Quote {
        text: "cannot be assumed by AWS Backup",
        source: "https://github.com/hashicorp/terraform-provider-aws/issues/9297",
    },
    Quote { text: "cannot have a replica because it contains the primary", source: PREFLIGHT },
    Quote {
        text: "does not exist, is not enabled or you do not have permissions to access it",
        source: TROUBLESHOOTING,
    },
    Quote {
        text: "is not authorized to call tag:GetResources",
        source: "https://github.com/hashicorp/terraform-provider-aws/pull/12017",
    },
    Quote {
        text: "is not authorized to perform: dynamodb:ListTagsOfResource",
        source: "https://github.com/widdix/aws-cf-templates/pull/633",
    },
];

/// Records of real deployments, with the text of each refusal.
const PREFLIGHT: &str = "https://github.com/badmintoncryer/cdk-preflight";

const TROUBLESHOOTING: &str = "https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html";
