//! The page about the command line, made from the arguments themselves.

use super::catalogue::COMMANDS;
use super::help_text::WIDEST;
use super::interface::interface;
use clap::Command;
use std::fmt::Write as _;

/// The reference of the command line, in Markdown: `docs/cli.md`.
pub fn reference() -> String {
    let mut page = "\
<!-- Made from the program's arguments; a test compares. Write it anew with
     UPDATE=1 cargo test -p thalweg --test it reference -->

# The command line

What `thalweg --help` and `thalweg COMMAND --help` say.
"
    .to_owned();
    section(&mut page, "thalweg", interface(WIDEST));
    for command in COMMANDS {
        let name = format!("thalweg {}", command.name);
        let interface = (command.interface)(WIDEST).bin_name(&name);
        section(&mut page, &name, interface);
    }
    page
}

fn section(page: &mut String, title: &str, mut command: Command) {
    let help = command.render_long_help().to_string();
    let lines: Vec<_> = help.lines().map(str::trim_end).collect();
    // Writing to a string does not fail.
    let _ = write!(page, "\n## `{title}`\n\n```text\n{}\n```\n", lines.join("\n").trim_end());
}
