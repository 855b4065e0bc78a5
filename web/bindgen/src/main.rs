//! Makes of a compiled program what a page loads: `thalweg-bindgen PROGRAM.wasm FOLDER NAME` writes `NAME.js` and
//! `NAME_bg.wasm` into the folder.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, folder, name] = arguments.as_slice() else {
        eprintln!("usage: thalweg-bindgen PROGRAM.wasm FOLDER NAME");
        return ExitCode::from(2);
    };
    let made = || -> Result<(), Box<dyn std::error::Error>> {
        let mut bindgen = Bindgen::new();
        // A page that fetches the program itself hands it over; there is no path to guess.
        bindgen.web(true)?.omit_default_module_path(true);
        bindgen.typescript(false).remove_name_section(true).remove_producers_section(true);
        bindgen.input_path(program).out_name(name).generate(folder)?;
        Ok(())
    };
    match made() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("thalweg-bindgen: {program}: {error}");
            ExitCode::FAILURE
        }
    }
}
