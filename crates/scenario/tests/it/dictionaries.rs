//! The words that the fuzzers put together, from the tables: `fuzz/dictionaries`.

use thalweg_core::catalogue::{modifiers, optimizers, schedules, surfaces};
use thalweg_core::data;
use thalweg_core::formula::function::function_names;
use thalweg_core::method::gradient;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_scenario::{
    ChartKind, Draw, LINK_FLAGS, Layer, LinkOptions, MapAxis, MapView, PRESETS, PinnedRun, Record, Runner,
    Scenario, StartCloud, Stop, ViewState, WindowPart, link_of, parse,
};
use thalweg_testing::compare_dictionary;

/// What stands between words and at the ends of numbers, in a document.
const SIGNS: &str =
    "( ) [ ] { } , : .. \" \\\" r#\" \"# // /* */ true false 0 -1 0.5 1e-300 1e308 1e999 NaN inf 0x10";
const OPERATORS: &str = "( ) + - * / ^ , . 2 0.5 1e155 1e-9 pi e x y a b ^2 ^0.5 ^-1 x^2+y^2 |";
const STEP_SIGNS: &str = "= <- ← ; \n ( ) + - * / ^ .* ⊙ · √ ‖ | ^T ^-1 ⁻¹ ² < > <= ≻ if else mod x g f t m v m0 v0 lr alpha \
                          beta β₁ eps I e1 0.5 2 1e-8 grad( hess( grad norm( dot( diag( clip( f( ∇f( ∇²f(";
const CELLS: &str = "x y label , ; \" \"\" \r\n 0 1 -1.5 1,5 1e300 NaN inf yes no sep=; # \u{feff} 1.250,5";

fn of_param(param: &Param) -> Vec<String> {
    let mut words = vec![format!("{}:", param.key)];
    if let Kind::Choice { alternatives } = param.kind {
        words.extend(alternatives.iter().map(|alternative| alternative.name.to_owned()));
    }
    words
}

fn of_table<D: Described>(table: &[&'static D]) -> Vec<String> {
    let of = |entry: &&D| {
        let params = entry.params().iter().flat_map(of_param);
        params.chain([entry.name().to_owned()]).collect::<Vec<_>>()
    };
    table.iter().flat_map(of).collect()
}

fn of_record<R: Record>() -> Vec<String> {
    let keys = R::fields().iter().map(|field| format!("{}:", field.key));
    let choices = R::fields().iter().filter_map(|field| field.param()).flat_map(of_param);
    keys.chain(choices).collect()
}

fn split(words: &str) -> Vec<String> {
    words.split(' ').map(str::to_owned).collect()
}

fn document() -> Vec<String> {
    let mut words = split(SIGNS);
    words.extend(of_table(surfaces::ALL));
    words.extend(of_table(optimizers::ALL));
    words.extend(of_table(schedules::ALL));
    words.extend(of_table(modifiers::ALL));
    words.extend(of_table(gradient::ALL));
    words.extend([of_record::<Scenario>(), of_record::<Runner>(), of_record::<Stop>()].concat());
    words.extend([of_record::<Draw>(), of_record::<StartCloud>(), of_record::<PinnedRun>()].concat());
    words.extend([of_record::<ViewState>(), of_record::<MapView>(), of_record::<MapAxis>()].concat());
    words.extend(ChartKind::ALL.iter().map(|chart| chart.name().to_owned()));
    words.extend(Layer::TABLE.iter().map(|layer| layer.name.to_owned()));
    words.extend(data::ALL.iter().map(|set| set.name.to_owned()));
    words.extend(split("Table( name: csv:"));
    words
}

fn formula() -> Vec<String> {
    let mut words = split(OPERATORS);
    words.extend(function_names().map(|name| format!("{name}(")));
    words.extend(
        surfaces::ALL.iter().map(|surface| surface.formula.to_owned()).filter(|text| !text.is_empty()),
    );
    words
}

fn rule() -> Vec<String> {
    let mut words = split(STEP_SIGNS);
    words.extend(function_names().map(|name| format!("{name}(")));
    for optimizer in optimizers::ALL {
        let lines = optimizer.lines(&Chosen::with_defaults(*optimizer).prepare());
        words.extend(lines.iter().map(|line| line.text(true)).filter(|text| text.contains('←')));
    }
    words
}

fn link() -> Vec<String> {
    let mut words = split("# s=1. s=2. lesson= & = %26 %3D &amp; https://example.org/ 1 0 -1 99 true");
    let flags = LINK_FLAGS.iter().flat_map(|flag| [format!("&{}=", flag.key), flag.values.to_owned()]);
    words.extend(flags.filter(|word| !word.is_empty()));
    words.extend(WindowPart::ALL.map(|part| part.name().to_owned()));
    words.extend(PRESETS.iter().map(|preset| format!("#lesson={}", preset.name)));
    let scenario = parse("(surface: Saddle, runners: [])").unwrap();
    words.extend(link_of(&scenario, &LinkOptions::default()));
    words
}

#[test]
fn the_dictionaries_are_those_of_the_tables() {
    let all = [
        ("document", document()),
        ("formula", formula()),
        ("link", link()),
        ("rule", rule()),
        ("table", split(CELLS)),
    ];
    for (name, words) in all {
        compare_dictionary(name, words);
    }
}
