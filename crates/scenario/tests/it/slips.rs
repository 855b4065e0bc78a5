//! What is said of documents that are written as in other languages and countries: where, and what to write; and no
//! word of the parser's inside.

use thalweg_scenario::{PRESETS, parse};

/// Words that only the parser's own messages have.
const INSIDE: [&str; 16] = [
    "Expected",
    "Unexpected",
    "expected ",
    "Invalid",
    "deserial",
    "serde",
    "RawValue",
    "struct",
    "enum",
    "variant",
    "identifier",
    "integer",
    "byte",
    "Option",
    "escape",
    "recursion",
];

fn is_inside(message: &str) -> Option<&'static str> {
    // What a message quotes is the user's.
    let own: String = message.split('`').step_by(2).collect();
    INSIDE.into_iter().find(|word| own.contains(word) && !own.contains("is expected"))
}

/// A document with `»` where the complaint is, words of that, and the same mended as it says.
const SLIPS: &[(&str, &str, &str)] = &[
    ("[(optimizer: Adam(lr: »0,1))]", "decimal point is written `.`", "[(optimizer: Adam(lr: 0.1))]"),
    (
        "[(optimizer: Adam(lr: »0, 1, beta1: 0.8))]",
        "decimal point",
        "[(optimizer: Adam(lr: 0.1, beta1: 0.8))]",
    ),
    ("[(label: »'mine', optimizer: Adam())]", "double quotes", "[(label: \"mine\", optimizer: Adam())]"),
    (
        "[(label: »'it''s mine', optimizer: Adam())]",
        "double quotes",
        "[(label: \"it's mine\", optimizer: Adam())]",
    ),
    ("[(label: »“mine”, optimizer: Adam())]", "straight quotes", "[(label: \"mine\", optimizer: Adam())]"),
    (
        "[(»\"label\": \"mine\", optimizer: Adam())]",
        "without quotes",
        "[(label: \"mine\", optimizer: Adam())]",
    ),
    ("[(optimizer: Adam()), »# fast\n]", "`//`", "[(optimizer: Adam()), // fast\n]"),
    ("[(label: \"C:»\\Data\", optimizer: Adam())]", "`\\\\`", "[(label: \"C:\\\\Data\", optimizer: Adam())]"),
    ("[(label: \"C:»\\Data\", optimizer: Adam())]", "`/`", "[(label: \"C:/Data\", optimizer: Adam())]"),
    ("[(optimizer: Adam(lr: 0.1) »label: \"a\")]", "comma", "[(optimizer: Adam(lr: 0.1), label: \"a\")]"),
    ("[(optimizer: Adam(lr: »1/4))]", "0.25", "[(optimizer: Adam(lr: 0.25))]"),
    ("[optimizer»: Adam()]", "parentheses", "[(optimizer: Adam())]"),
    ("[(optimizer »= Adam())]", "colon", "[(optimizer: Adam())]"),
    ("[(optimizer: Adam())»; (optimizer: Adam())]", "comma", "[(optimizer: Adam()), (optimizer: Adam())]"),
];

#[test]
fn what_is_written_otherwise_elsewhere_is_told_with_what_to_write() {
    for (marked, words, mended) in SLIPS {
        let document = |runners: &str| format!("(surface: Saddle(),\n  runners: {runners},\n)");
        let marked = document(marked);
        let before = marked.split('»').next().expect("a mark");
        let (line, column) =
            (before.split('\n').count(), before.rsplit('\n').next().expect("a line").chars().count() + 1);
        let found = parse(&marked.replacen('»', "", 1)).expect_err(&marked);
        assert_eq!((found[0].line, found[0].column), (line, column), "{marked}\n{}", found[0]);
        assert!(found[0].message.contains(words), "{marked}\n{}", found[0]);
        assert_eq!(is_inside(&found[0].message), None, "{}", found[0]);
        let mended = parse(&document(mended));
        assert!(mended.is_ok(), "{marked}\n{mended:?}");
    }
}

#[test]
fn a_file_that_is_no_scenario_is_told_what_one_is() {
    for (text, words) in [
        ("1,2,3\n4,5,6\n", "perhaps a table"),
        ("size;age;price\n1;2;3\n", "perhaps a table"),
        ("surface: Saddle(), runners: []", "with its parentheses"),
        ("{\"surface\": \"Saddle\"}", "(surface: ..., runners: [...])"),
        ("import torch\n", "(surface: ..., runners: [...])"),
        ("", "before anything is said"),
        (" \n", "before anything is said"),
    ] {
        let found = parse(text).expect_err(text);
        assert!(found[0].message.contains(words), "{text}: {}", found[0]);
        assert_eq!(is_inside(&found[0].message), None, "{}", found[0]);
    }
    let table = parse("1,2,3\n4,5,6\n").expect_err("a table");
    assert_eq!((table[0].line, table[0].column), (1, 1));
}

/// Lines end with LF, CR or both, and with nothing else; a text that swallows the next line is pointed at.
#[test]
fn lines_are_counted_as_an_editor_does() {
    for (end, is_line) in
        [("\n", true), ("\r\n", true), ("\r", true), ("\u{c}", false), ("\u{2028}", false), ("\u{85}", false)]
    {
        for (fault, column) in [("steps: -3", 8), ("steps 3", 7)] {
            let text = format!("\u{feff}(surface: Saddle(),{end}{end}{fault}, runners: [])");
            let found = parse(&text).expect_err("a fault");
            let place = if is_line { (3, column) } else { (1, 19 + 2 + column) };
            assert_eq!((found[0].line, found[0].column), place, "{end:?} {fault}: {}", found[0]);
        }
    }
    let open =
        parse("(\n  title: \"open,\n  surface: Formula(f: \"x^2\"),\n  runners: [],\n)").expect_err("open");
    assert!(open[0].message.contains("opened at 2:10"), "{}", open[0]);
}

/// Whatever is cut out of a preset, or put in, no word of the parser reaches a reader.
#[test]
fn no_word_of_the_parser_reaches_a_reader() {
    let mut complaints = 0;
    for (index, preset) in PRESETS.iter().enumerate() {
        let places: Vec<_> = preset.text.char_indices().map(|(at, _)| at).collect();
        for step in 0..60 {
            let at = places[(step * 7919 + index * 104_729) % places.len()];
            for put in ["", "'", "\"", "\\", ",", "(", ")", "0x", "1_", "b'", "r#", ";", "..", "\u{0}", "“"]
            {
                let rest = preset.text[at..].chars().skip(usize::from(put.is_empty())).collect::<String>();
                let text = format!("{}{put}{rest}", &preset.text[..at]);
                for diagnostic in parse(&text).err().unwrap_or_default() {
                    complaints += 1;
                    assert_eq!(is_inside(&diagnostic.message), None, "{diagnostic}\n{text}");
                }
            }
        }
    }
    assert!(complaints > 1000, "{complaints}");
}

/// What a formula without quotes is met by.
#[test]
fn a_formula_without_quotes_is_told_so() {
    for formula in ["x^2 + y^2", "x*y", "x + y"] {
        let text = format!("(surface: Formula(f: {formula}), runners: [(optimizer: Adam())])");
        let told = parse(&text).expect_err(formula).swap_remove(0);
        assert!(told.message.contains("a formula stands in double quotes"), "{formula}: {told}");
    }
}

/// As deep as the reader lets anything nest, and deeper: the stack of a small thread is enough for both.
#[test]
fn what_is_nested_deep_is_read_on_a_small_stack() {
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    let read = small.spawn(|| {
        let mut deepest = 0;
        for depth in (1..200).chain([1000, 10_000, 100_000]) {
            for [open, close] in [
                ["(", ")"],
                ["[", "]"],
                ["Some(", ")"],
                ["(a: ", ")"],
                ["{1: ", "}"],
                ["/*", "*/"],
                ["A(b: [", "])"],
            ] {
                let value = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                let text = format!("(surface: Rosenbrock(), title: {value}, runners: [(optimizer: Adam())])");
                let told = parse(&text).expect_err("no title is written so");
                let is_too_deep = told.iter().any(|told| told.message.contains("nested too deeply"));
                deepest = if is_too_deep { deepest } else { deepest.max(depth) };
            }
        }
        deepest
    });
    let deepest = read.expect("a thread").join().expect("no overflow");
    assert!(deepest >= 12, "{deepest}");
}
