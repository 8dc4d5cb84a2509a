//! `drc man`: the manual page.

use super::{Context, Failure, Outcome};

/// Print the manual page of drc, or of one of its commands
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The command, such as `build`
    command: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let whole = super::command();
    let man = match &arguments.command {
        None => clap_mangen::Man::new(whole),
        Some(name) => {
            let found = whole.get_subcommands().find(|command| command.get_name() == name);
            let found = found.ok_or_else(|| Failure(format!("there is no command `{name}`")))?;
            clap_mangen::Man::new(found.clone()).title(format!("drc-{name}"))
        }
    };
    let mut page = Vec::new();
    man.render(&mut page)?;
    context.out.write_all(&page)?;
    Ok(Outcome::Yes)
}
