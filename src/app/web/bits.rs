//! The table of a preset's steps as `thalweg run --csv` writes it, for a test that compares the two bit by bit.

use crate::export::csv::write_csv;
use thalweg_scenario::open_preset;
use wasm_bindgen::prelude::wasm_bindgen;

/// Every step of every runner of a built-in preset, as CSV.
///
/// # Errors
/// There is no such preset.
#[wasm_bindgen]
pub fn run_csv(preset: &str) -> Result<String, String> {
    let scenario = open_preset(preset).map_err(|error| error.to_string())?;
    let mut race = scenario.race();
    race.advance(|| false);
    let mut bytes = Vec::new();
    write_csv(&mut bytes, &scenario, &race).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// The names of all built-in presets, one in a line.
#[wasm_bindgen]
pub fn preset_names() -> String {
    thalweg_scenario::presets::names().collect::<Vec<_>>().join("\n")
}
