//! The page about the command line is the one that the arguments make.

use thalweg::cli::catalogue::COMMANDS;
use thalweg::cli::reference::reference;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cli.md");

#[test]
fn the_page_about_the_command_line_is_that_of_the_arguments() {
    let page = reference();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PATH, &page).expect("written");
    }
    let written = std::fs::read_to_string(PATH).expect("docs/cli.md");
    assert_eq!(written, page, "UPDATE=1 cargo test -p thalweg --test it reference");
    for command in COMMANDS {
        assert!(page.contains(&format!("\n## `thalweg {}`\n", command.name)), "{}", command.name);
    }
}
