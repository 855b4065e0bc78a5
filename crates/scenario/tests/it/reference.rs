//! The page about the format is the one that the tables make.

use thalweg_scenario::{format_reference, parse};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/format.md");

#[test]
fn the_page_about_the_format_is_that_of_the_tables() {
    let page = format_reference();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PATH, &page).expect("written");
    }
    let written = std::fs::read_to_string(PATH).expect("docs/format.md");
    assert_eq!(written, page, "run UPDATE=1 cargo test -p thalweg-scenario --test it reference");
}

#[test]
fn its_example_is_a_scenario() {
    let page = format_reference();
    let example =
        page.split("```").nth(1).and_then(|example| example.strip_prefix("ron\n")).expect("an example");
    assert_eq!(parse(example).expect("a scenario").runners.len(), 2);
}
