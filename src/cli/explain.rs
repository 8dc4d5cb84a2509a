//! `drc explain`: the rationale of a spec, or the page of a rule.

mod narrowing;

use std::path::{Path, PathBuf};

use super::report::{MessageFormat, PageFormat};
use super::{Context, Failure, Outcome, clock, input, language};
use crate::deployer_policy;
use crate::emit::Format;
use crate::explain::{self, Input};
use crate::rule::DiagnosticRule;
use crate::rules::{self, page};
use crate::suggest;
use crate::text::Language;
use crate::text::wrap::wrap;
use narrowing::Narrowed;

/// Say on one screen whether backups are safe, why a line exists, or what a rule means
///
/// For specs: whether a recovery point is there at every moment and how old it may be, the next run on
/// both clocks, what is still open and what to write or run for it, what is made, and what the role may do and
/// delete. `--full` adds for each property and each permission which clause asked for it, why AWS Backup
/// needs it, what fails without it, and the page that says so; `--at`, `--statement`, `--resource` and
/// `--template` answer for one thing alone. For the code or the name of a rule, such as E0301: what is
/// wrong, why, an example, and the same made right. It is in English or Japanese.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files, directories of `.drspec` files, or `-` for standard input; or codes of rules
    #[arg(required_unless_present = "list", value_name = "SPEC|CODE")]
    subjects: Vec<PathBuf>,
    /// List the rules with what each is about
    #[arg(long, conflicts_with_all = ["subjects", "at", "resource", "statement", "stack", "template", "format", "now"])]
    list: bool,
    /// Every property, policy statement and permission with its reasons, in place of one screen
    #[arg(long, conflicts_with_all = ["list", "deployer", "at", "resource", "statement", "stack", "template"])]
    full: bool,
    #[command(flatten)]
    narrowing: Narrowed,
    /// The policy that the person or pipeline needs that deploys each stack, as one JSON document
    #[arg(long, conflicts_with_all = ["list", "at", "resource", "statement", "stack", "template", "format", "lang"])]
    deployer: bool,
    /// How the rationale is written
    #[arg(long, value_enum, default_value_t)]
    format: PageFormat,
    #[command(flatten)]
    language: language::Lang,
    #[command(flatten)]
    clock: clock::Now,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    if arguments.list {
        return list(arguments.language.language(), context);
    }
    let rules: Vec<Option<&DiagnosticRule>> =
        arguments.subjects.iter().map(|path| rule_of(path)).collect::<Result<_, _>>()?;
    match rules.iter().flatten().next() {
        None => specs(arguments, context),
        Some(rule) if arguments.narrowing.is_any() || arguments.deployer || arguments.full => {
            Err(Failure(format!("{} is a rule, and its page is always shown whole: name a spec instead", rule.code)))
        }
        Some(rule) if rules.iter().any(Option::is_none) => Err(Failure(format!(
            "{} is a rule: ask for the pages of rules and for specs one after the other",
            rule.code
        ))),
        Some(_) => pages(&rules.into_iter().flatten().collect::<Vec<_>>(), arguments, context),
    }
}

/// The rule that an argument means, which names no file: by its code, also without leading zeros, or
/// by its name.
fn rule_of(subject: &Path) -> Result<Option<&'static DiagnosticRule>, Failure> {
    let Some(text) = subject.to_str().filter(|_| !subject.exists()) else { return Ok(None) };
    let known = match rules::code_of(text) {
        Some(code) => {
            rules::find(&code).ok_or_else(|| suggest::nearest(&code, rules::RULES.iter().map(|rule| rule.code)))
        }
        None => rules::named(text).ok_or_else(|| suggest::nearest(text, rules::RULES.iter().map(|rule| rule.name))),
    };
    let nearest = match known {
        Ok(rule) => return Ok(Some(rule)),
        // What is near to no name is a file that is not there.
        Err(None) if rules::code_of(text).is_none() => return Ok(None),
        Err(nearest) => nearest,
    };
    let hint = nearest.map_or_else(|| ":".to_owned(), |name| format!("; did you mean `{name}`?"));
    Err(Failure(format!("there is no rule {text}{hint} `drc explain --list` shows them all")))
}

/// Every rule on a line, of which a terminal breaks the summary.
fn list(language: Language, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let columns = context.columns.table;
    let longest = rules::RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in rules::RULES {
        let head = format!("{} {:longest$} ", rule.code, rule.name);
        let blank = " ".repeat(head.len());
        for (index, line) in wrap(rule.summary(language), columns.saturating_sub(head.len())).into_iter().enumerate() {
            writeln!(context.out, "{}{line}", if index == 0 { &head } else { &blank })?;
        }
    }
    Ok(Outcome::Yes)
}

/// The pages of rules.
fn pages(rules: &[&DiagnosticRule], arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let language = arguments.language.language();
    let joined =
        |page: &dyn Fn(&DiagnosticRule) -> String| rules.iter().map(|rule| page(rule)).collect::<Vec<_>>().join("\n");
    let text = match arguments.format {
        PageFormat::Text => joined(&|rule| page::text(rule, language, context.columns.prose)),
        PageFormat::Md => joined(&|rule| page::markdown(rule, language)),
        PageFormat::Json => page::json(rules, language),
        PageFormat::Html => {
            return Err(Failure(
                "the page of a rule is not written as HTML: write `--format md` or `--format json`".to_owned(),
            ));
        }
    };
    context.out.write_all(text.as_bytes())?;
    Ok(Outcome::Yes)
}

fn specs(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    if arguments.full && arguments.format != PageFormat::Text {
        return Err(Failure(
            "only the text is short: the other formats have all of it, so leave `--full` out".to_owned(),
        ));
    }
    let specs = input::Specs { specs: arguments.subjects.clone() };
    let format = if arguments.narrowing.template_is_json() { Format::Json } else { Format::Yaml };
    let (now, messages) = (arguments.clock.instant(), (arguments.message_format, false));
    let Some((sources, files, compiled)) = specs.compile(format, now, messages, context)? else {
        return Ok(Outcome::No);
    };
    if arguments.deployer {
        let policies = deployer_policy::policies(&compiled.stacks, &compiled.files);
        context.out.write_all(deployer_policy::json(&policies).as_bytes())?;
        return Ok(Outcome::Yes);
    }
    let language = arguments.language.language();
    let input = Input::new(&sources, &compiled, format);
    let style = super::style(&std::io::stdout(), WIDTH);
    if arguments.format == PageFormat::Text && !arguments.full && !arguments.narrowing.is_any() {
        let sheet = explain::Screen::of(&input).sheet(language);
        context.out.write_all(explain::screen::text::render(&sheet, style).as_bytes())?;
        return Ok(Outcome::Yes);
    }
    let explanation = arguments.narrowing.apply(explain::explain(&input, language), &input, &compiled, &files)?;
    match arguments.format {
        PageFormat::Text => explain::text::write(&explanation, style, context.out)?,
        PageFormat::Md => explain::markdown::write(&explanation, context.out)?,
        PageFormat::Json => explain::json::write(&explanation, context.out)?,
        PageFormat::Html => explain::html::write(&input, &explanation, context.out)?,
    }
    Ok(Outcome::Yes)
}

/// Columns where there is no terminal.
const WIDTH: usize = 100;
