//! A file of data that is read is written, and reads back as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thalweg_scenario::{read_table, write_table};

fuzz_target!(|bytes: &[u8]| {
    let Ok(table) = read_table("a.csv", bytes) else { return };
    let text = write_table(&table);
    let again = read_table("a.csv", text.as_bytes()).expect("what was written is read");
    assert!(again == table, "{text}");
});
