//! `deploy.sh`: the stacks in order, for a POSIX shell and the AWS CLI.
//!
//! Everything that it quotes has been checked before: names of stacks, regions and outputs hold
//! letters, digits, hyphens and slashes only, so that no quoting can go wrong.

use std::fmt::Write as _;

use super::{Format, template_path};
use crate::lower::{Stack, StackRef};

/// The file's name.
pub(super) const NAME: &str = "deploy.sh";

/// Everything that does not depend on the spec.
const FUNCTIONS: &str = include_str!("deploy.sh");

/// The script for these stacks, whose templates have these sizes in bytes.
pub(super) fn render(stacks: &[Stack], format: Format, sizes: &[usize]) -> String {
    let mut script = FUNCTIONS.to_owned();
    // The manifest lists every template and this script. Writing to a String cannot fail.
    let _ = writeln!(script, "FILES={}", stacks.len() + 1);
    let _ = writeln!(script, "REGIONS='{}'", regions(stacks).join(" "));
    let _ = writeln!(script, "PARAMETERS='{}'\n", parameters(stacks).join(" "));
    script.push_str("choose \"$@\"\nverify\ncommand -v aws >/dev/null 2>&1 || fail \"the AWS CLI is not there: install it, so that 'aws' can be run\"\n");
    let with_account = stacks.iter().find_map(|stack| Some((stack.location.region.code, stack.account.as_deref()?)));
    if let Some((region, account)) = with_account {
        let _ = writeln!(script, "check_account \"${{ONLY:-{region}}}\" {account}");
    }
    for (stack, size) in stacks.iter().zip(sizes) {
        script.push('\n');
        script.push_str(&deployment(stack, format, *size));
    }
    script.push_str("\nfinish\n");
    script
}

/// Every region that has a stack, in the order of deployment.
fn regions(stacks: &[Stack]) -> Vec<&'static str> {
    let mut regions = Vec::new();
    for stack in stacks {
        if !regions.contains(&stack.location.region.code) {
            regions.push(stack.location.region.code);
        }
    }
    regions
}

/// Every parameter with its region; in one region no two keys, and so no two parameters, have the same name.
fn parameters(stacks: &[Stack]) -> Vec<String> {
    let of_stack = |stack: &Stack| {
        let code = stack.location.region.code;
        stack.parameters.iter().map(|parameter| format!("{code}:{}", parameter.name)).collect::<Vec<_>>()
    };
    stacks.iter().flat_map(of_stack).collect()
}

/// The stacks that a stack reads from, with their regions: exports are imported within a region, other outputs through
/// a parameter. Any other that must be there first it only names.
fn sources(stack: &Stack) -> Vec<String> {
    let is_read = |other: &&StackRef| {
        other.location == stack.location || stack.parameters.iter().any(|parameter| parameter.stack == **other)
    };
    let read = stack.depends_on.iter().filter(is_read);
    read.map(|other| format!("{}/{}", other.location.region.code, other.name)).collect()
}

fn deployment(stack: &Stack, format: Format, size: usize) -> String {
    let mut text = format!(
        "deploy {} {} {} {size} '{}'",
        stack.location.region.code,
        stack.name,
        template_path(stack, format),
        sources(stack).join(" ")
    );
    for capability in stack.capabilities() {
        let _ = write!(text, " --capabilities {capability}");
    }
    if !stack.parameters.is_empty() {
        text.push_str(" --parameter-overrides");
    }
    for parameter in &stack.parameters {
        let _ = write!(text, " \"{0}=$(given {0})\"", parameter.name);
    }
    text.push('\n');
    text
}
