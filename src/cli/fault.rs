//! What is said of a fault of the program itself.

use super::failure::note;
use std::panic::{PanicHookInfo, set_hook};
use thalweg_scenario::base_name;

/// From now on a fault of the program is told in a line that can be reported: what happened and where in the sources,
/// without the folders of the machine that built it.
pub fn tell_faults() {
    set_hook(Box::new(|fault| note(&told(fault))));
}

fn told(fault: &PanicHookInfo<'_>) -> String {
    let message = fault.payload_as_str().unwrap_or("no reason is known");
    let place = fault.location().map_or_else(String::new, |location| {
        format!(" ({}:{})", without_folders(location.file()), location.line())
    });
    format!("this is a fault of thalweg, please report it: {message}{place}")
}

/// A source file's name from its crate on.
fn without_folders(file: &str) -> &str {
    let registry =
        file.split_once("/registry/src/").and_then(|(_, file)| file.split_once('/')).map(|(_, file)| file);
    let library = || file.split_once("/library/").map(|(_, file)| file);
    let is_own = !file.starts_with('/') && !file.contains(":\\");
    registry.or_else(library).unwrap_or(if is_own { file } else { base_name(file) })
}

/// An error's text without the place in a library's sources that it may have.
pub fn without_places(error: &str) -> String {
    let words: Vec<_> = error.split(' ').collect();
    let is_place = |word: &str| word.contains(".rs:");
    let is_said = |index: usize| {
        let leads_to_place = words[index] == "at" && words.get(index + 1).is_some_and(|next| is_place(next));
        !is_place(words[index]) && !leads_to_place
    };
    let said: Vec<_> = (0..words.len()).filter(|index| is_said(*index)).map(|index| words[index]).collect();
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_of_the_build_is_told() {
        for (file, told) in [
            ("src/app/mod.rs", "src/app/mod.rs"),
            (
                "/root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/egui-0.37.0/src/ui.rs",
                "egui-0.37.0/src/ui.rs",
            ),
            ("/rustc/5980/library/core/src/option.rs", "core/src/option.rs"),
            ("/home/ada/thalweg/src/main.rs", "main.rs"),
        ] {
            assert_eq!(without_folders(file), told);
        }
        let error = "winit EventLoopError: os error at /root/.cargo/registry/src/x/winit-0.30/src/mod.rs:788: no server";
        assert_eq!(without_places(error), "winit EventLoopError: os error no server");
    }
}
