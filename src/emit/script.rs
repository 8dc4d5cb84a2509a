//! `deploy.sh`: the stacks in order, for a POSIX shell and the AWS CLI.
//!
//! Everything that it quotes has been checked before: names of stacks, regions and outputs hold
//! letters, digits, hyphens and slashes only, so that no quoting can go wrong.

use std::fmt::Write as _;

use super::{Format, template_path};
use crate::lower::Stack;

/// The file's name.
pub(super) const NAME: &str = "deploy.sh";

/// Everything that does not depend on the spec.
const FUNCTIONS: &str = include_str!("deploy.sh");

/// The script for these stacks, whose templates have these sizes in bytes.
pub(super) fn render(stacks: &[Stack], format: Format, sizes: &[usize]) -> String {
    let mut script = FUNCTIONS.to_owned();
    // The manifest lists every template and this script. Writing to a String cannot fail.
    let _ = writeln!(script, "FILES={}\n", stacks.len() + 1);
    script.push_str("verify\ncommand -v aws >/dev/null 2>&1 || fail \"the AWS CLI is not there: install it, so that 'aws' can be run\"\n");
    let with_account = stacks.iter().find_map(|stack| Some((stack.region.code, stack.account.as_deref()?)));
    if let Some((region, account)) = with_account {
        let _ = writeln!(script, "check_account {region} {account}");
    }
    for (stack, size) in stacks.iter().zip(sizes) {
        script.push('\n');
        script.push_str(&deployment(stack, format, *size));
    }
    script.push_str("\nprintf 'all stacks are deployed\\n'\n");
    script
}

fn deployment(stack: &Stack, format: Format, size: usize) -> String {
    let mut text = String::new();
    let mut overrides = String::new();
    for (index, parameter) in stack.parameters.iter().enumerate() {
        let _ = writeln!(
            text,
            "value_{index}=$(output_of {} {} {})",
            parameter.stack.region, parameter.stack.name, parameter.output
        );
        let _ = write!(overrides, " \"{}=$value_{index}\"", parameter.name);
    }
    let _ = write!(text, "deploy {} {} {} {size}", stack.region.code, stack.name, template_path(stack, format));
    for capability in stack.capabilities() {
        let _ = write!(text, " --capabilities {capability}");
    }
    if !overrides.is_empty() {
        let _ = write!(text, " --parameter-overrides{overrides}");
    }
    text.push('\n');
    text
}
