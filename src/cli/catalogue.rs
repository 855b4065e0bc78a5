//! The table of the commands that need no window.

use super::check::Check;
use super::code::CodeCommand;
use super::compare::CompareCommand;
use super::completions::Completions;
use super::entry::CommandEntry;
use super::inspect::Inspect;
use super::link::LinkCommand;
use super::list::List;
use super::map::MapCommand;
use super::render::RenderCommand;
use super::run::RunCommand;
use super::theory::TheoryCommand;

/// All commands, in the order of the help.
pub static COMMANDS: &[CommandEntry] = &[
    CommandEntry::of::<RunCommand>(),
    CommandEntry::of::<RenderCommand>(),
    CommandEntry::of::<Inspect>(),
    CommandEntry::of::<TheoryCommand>(),
    CommandEntry::of::<MapCommand>(),
    CommandEntry::of::<CompareCommand>(),
    CommandEntry::of::<CodeCommand>(),
    CommandEntry::of::<LinkCommand>(),
    CommandEntry::of::<List>(),
    CommandEntry::of::<Check>(),
    CommandEntry::of::<Completions>(),
];
