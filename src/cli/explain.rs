//! `drc explain`: the rationale of a spec, or the page of a rule.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::report::{self, MessageFormat};
use super::{Context, Failure, Outcome, clock, input, language};
use crate::deployer;
use crate::emit::Format;
use crate::explain::{self, Explanation, Input, Narrowing};
use crate::rule::Rule;
use crate::rules;

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
    /// Only what a line of the spec causes
    #[arg(long, value_name = "[FILE:]LINE", value_parser = spec_line)]
    at: Option<SpecLine>,
    /// Only a resource, parameter or output, by its logical id
    #[arg(long, value_name = "ID")]
    resource: Option<String>,
    /// Only a policy statement, by its Sid
    #[arg(long, value_name = "SID")]
    statement: Option<String>,
    /// Only a stack, by its name
    #[arg(long, value_name = "NAME")]
    stack: Option<String>,
    /// Only what stands on a line of a template that `drc build` wrote
    #[arg(long, value_name = "FILE:LINE", value_parser = template_line)]
    template: Option<TemplateLine>,
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

/// A line of a spec.
#[derive(Clone, Debug)]
struct SpecLine {
    file: Option<String>,
    line: usize,
}

/// A line of a template.
#[derive(Clone, Debug)]
struct TemplateLine {
    file: PathBuf,
    line: usize,
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|line| *line > 0).ok_or_else(|| "a line is a number from 1 on".to_owned())
}

fn spec_line(text: &str) -> Result<SpecLine, String> {
    match text.rsplit_once(':') {
        Some((file, line)) => Ok(SpecLine { file: Some(file.to_owned()), line: number(line)? }),
        None => Ok(SpecLine { file: None, line: number(text)? }),
    }
}

fn template_line(text: &str) -> Result<TemplateLine, String> {
    let (file, line) = text.rsplit_once(':').ok_or_else(|| "write FILE:LINE".to_owned())?;
    Ok(TemplateLine { file: PathBuf::from(file), line: number(line)? })
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    if arguments.list {
        return list(context);
    }
    if let [subject] = arguments.subjects.as_slice()
        && let Some(code) = as_code(subject)
    {
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
    let is_json = |line: &TemplateLine| line.file.extension().is_some_and(|extension| extension == "json");
    let format = if arguments.template.as_ref().is_some_and(is_json) { Format::Json } else { Format::Yaml };
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
    let mut explanation = explain::explain(&input, language);
    for narrowing in narrowings(arguments, &input, &compiled)? {
        explanation = explain::narrow(&explanation, &narrowing).map_err(|nothing| nowhere(&narrowing, &nothing))?;
    }
    let text = match arguments.format {
        ExplainFormat::Text => explain::text::render(&explanation, style()),
        ExplainFormat::Md => explain::markdown::render(&explanation),
        ExplainFormat::Json => explain::json::render(&explanation),
        ExplainFormat::Html => html(&input, &explanation),
    };
    context.out.write_all(text.as_bytes())?;
    Ok(Outcome::Yes)
}

fn html(input: &Input<'_>, explanation: &Explanation) -> String {
    explain::html::render(input, explanation)
}

/// What the options narrow the explanation to.
fn narrowings(arguments: &Arguments, input: &Input<'_>, compiled: &crate::Compiled) -> Result<Vec<Narrowing>, Failure> {
    let mut narrowings = Vec::new();
    if let Some(SpecLine { file, line }) = &arguments.at {
        narrowings.push(Narrowing::Line { file: file.clone(), line: *line });
    }
    narrowings.extend(arguments.stack.clone().map(Narrowing::Stack));
    narrowings.extend(arguments.resource.clone().map(Narrowing::Resource));
    narrowings.extend(arguments.statement.clone().map(Narrowing::Statement));
    if let Some(TemplateLine { file, line }) = &arguments.template {
        let path = file.display().to_string();
        let found = explain::template_line(input, &path, *line)
            .ok_or_else(|| Failure(format!("{path}:{line} is no line of a template of this spec")))?;
        is_current(file, compiled)?;
        narrowings.push(Narrowing::Template(found));
    }
    Ok(narrowings)
}

/// Lines of a template that is not what the spec says now would be the wrong ones.
fn is_current(file: &Path, compiled: &crate::Compiled) -> Result<(), Failure> {
    let Ok(bytes) = std::fs::read(file) else { return Ok(()) };
    if compiled.files.iter().any(|output| output.bytes == bytes) {
        return Ok(());
    }
    Err(Failure(format!("{} is not what this spec makes now: build it again, or explain its own spec", file.display())))
}

fn nowhere(narrowing: &Narrowing, nothing: &explain::Nothing) -> Failure {
    let what = match narrowing {
        Narrowing::Line { line, .. } => format!("no clause begins on line {line}"),
        Narrowing::Resource(id) => format!("there is no resource `{id}`"),
        Narrowing::Statement(sid) => format!("there is no policy statement `{sid}`"),
        Narrowing::Stack(name) => format!("there is no stack `{name}`"),
        Narrowing::Template(line) => format!("nothing is known of `{}`", line.path),
    };
    let hint = nothing.nearest.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
    Failure(format!("{what}{hint}"))
}

/// The terminal's width and colours; plain and of a fixed width where there is no terminal.
fn style() -> explain::text::Style {
    const WIDTH: usize = 100;
    let stdout = std::io::stdout();
    let width = if stdout.is_terminal() {
        terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
    } else {
        WIDTH
    };
    explain::text::Style { width, colour: super::colour(&stdout) }
}
