//! `drc explain`: the rationale of a spec, or the page of a rule.

mod narrowing;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::report::{self, MessageFormat};
use super::{Context, Failure, Outcome, clock, input, language};
use crate::deployer;
use crate::emit::Format;
use crate::explain::{self, Explanation, Input};
use crate::rule::Rule;
use crate::rules;
use narrowing::Narrowed;

/// Say why every line of the templates exists, or show the page of a rule
///
/// For specs: what is made, when jobs run and what that guarantees, and for each property and each
/// permission which clause asked for it, why AWS Backup needs it, what fails without it, and the
/// page that says so. For the code of a rule, such as E0301: what is wrong, why, an example, and the
/// same made right.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files, directories of `.drspec` files, or `-` for standard input; or the code of one rule
    #[arg(required_unless_present = "list", value_name = "SPEC|CODE")]
    subjects: Vec<PathBuf>,
    /// List the rules with what each is about
    #[arg(long, conflicts_with_all = ["subjects", "at", "resource", "statement", "stack", "template", "format", "now"])]
    list: bool,
    #[command(flatten)]
    narrowing: Narrowed,
    /// The policy that the person or pipeline needs that deploys each stack, as one JSON document
    #[arg(long, conflicts_with_all = ["list", "at", "resource", "statement", "stack", "template", "format", "lang"])]
    deployer: bool,
    /// How the rationale is written
    #[arg(long, value_enum, default_value_t)]
    format: ExplainFormat,
    #[command(flatten)]
    language: language::Lang,
    #[command(flatten)]
    clock: clock::Now,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ExplainFormat {
    /// For a terminal.
    #[default]
    Text,
    /// Markdown.
    Md,
    /// One JSON document.
    Json,
    /// One page with drawings.
    Html,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    if arguments.list {
        return list(context);
    }
    if let [subject] = arguments.subjects.as_slice()
        && let Some(code) = as_code(subject)
    {
        if arguments.narrowing.is_any() || arguments.deployer {
            return Err(Failure(format!("{code} is a rule, and its page is always shown whole: name a spec instead")));
        }
        return page(&code, context);
    }
    specs(arguments, context)
}

/// The text of an argument that has the shape of a rule's code and names no file.
fn as_code(subject: &Path) -> Option<String> {
    let text = subject.to_str().filter(|_| !subject.exists())?;
    let digits = text.strip_prefix(['E', 'W', 'e', 'w'])?;
    (digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_uppercase())
}

/// Every rule on a line.
fn list(context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let longest = rules::RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in rules::RULES {
        writeln!(context.out, "{} {:longest$} {}", rule.code, rule.name, rule.summary())?;
    }
    Ok(Outcome::Yes)
}

/// The page of a rule, with what its fact rests on.
fn page(code: &str, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let Some(rule) = rules::find(code) else {
        let nearest = crate::suggest::nearest(code, rules::RULES.iter().map(|rule| rule.code));
        let hint = nearest.map(|code| format!("; did you mean `{code}`?")).unwrap_or_default();
        return Err(Failure(format!("there is no rule {code}{hint}; `drc explain --list` shows them all")));
    };
    context.out.write_all(rule_page(rule).as_bytes())?;
    Ok(Outcome::Yes)
}

fn rule_page(rule: &Rule) -> String {
    let body: Vec<&str> = rule.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let (severity, evidence) = (rule.severity.word(), rule.evidence.word());
    let source = if rule.source.is_empty() { String::new() } else { format!(": <{}>", rule.source) };
    format!(
        "# {severity}[{}]: {}\n\n{}\n\n## Evidence\n\n{evidence}{source}\n",
        rule.code,
        rule.name,
        body.join("\n").trim()
    )
}

fn specs(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let specs = input::Specs { specs: arguments.subjects.clone() };
    let (mut sources, files) = specs.load()?;
    let format = if arguments.narrowing.template_is_json() { Format::Json } else { Format::Yaml };
    let compiled = crate::compile(&mut sources, &files, format, arguments.clock.instant());
    if compiled.diagnostics.has_errors() {
        report::write(&compiled.diagnostics, &sources, arguments.message_format, context)?;
        return Ok(Outcome::No);
    }
    if arguments.deployer {
        let policies = deployer::policies(&compiled.stacks, &compiled.files);
        context.out.write_all(deployer::json(&policies).as_bytes())?;
        return Ok(Outcome::Yes);
    }
    let language = arguments.language.language();
    let input = Input::new(&sources, &compiled, format);
    let explanation = arguments.narrowing.apply(explain::explain(&input, language), &input, &compiled, &files)?;
    let text = match arguments.format {
        ExplainFormat::Text => explain::text::render(&explanation, super::style(&std::io::stdout(), WIDTH)),
        ExplainFormat::Md => explain::markdown::render(&explanation),
        ExplainFormat::Json => explain::json::render(&explanation),
        ExplainFormat::Html => html(&input, &explanation),
    };
    context.out.write_all(text.as_bytes())?;
    Ok(Outcome::Yes)
}

/// Columns where there is no terminal.
const WIDTH: usize = 100;

fn html(input: &Input<'_>, explanation: &Explanation) -> String {
    explain::html::render(input, explanation)
}
