//! JSON as the commands write it.

use serde::Serialize;
use std::io::{self, Write};

/// Writes a JSON list with one line for each item.
pub fn write_list<T: Serialize>(items: impl IntoIterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    let mut separator = "[\n";
    for item in items {
        write!(out, "{separator}{}", serde_json::to_string(&item)?)?;
        separator = ",\n";
    }
    writeln!(out, "{}]", if separator == "[\n" { "[" } else { "\n" })
}
