//! The words that the fuzzer of arguments puts together: `fuzz/dictionaries/arguments.dict`.

use thalweg::cli::interface::interface;
use thalweg_scenario::PRESETS;

/// What stands for values, and what is odd.
const VALUES: [&str; 15] = [
    "\n",
    "-",
    "--",
    "=",
    "0",
    "1",
    "-1",
    "1e999",
    "4294967296",
    "64x64",
    "0,0",
    "NaN",
    "é",
    "\u{fffd}",
    "mine.ron",
];

#[test]
fn the_dictionary_of_arguments_is_that_of_the_commands() {
    let program = interface(100);
    let mut words: Vec<String> = VALUES.map(str::to_owned).into();
    words.extend(PRESETS.iter().map(|preset| preset.name.to_owned()));
    for command in program.get_subcommands() {
        words.push(command.get_name().to_owned());
        for argument in command.get_arguments() {
            words.extend(argument.get_long().map(|long| format!("--{long}")));
            words.extend(argument.get_short().map(|short| format!("-{short}")));
            words.extend(argument.get_possible_values().iter().map(|value| value.get_name().to_owned()));
        }
    }
    thalweg_testing::compare_dictionary("arguments", words);
}
