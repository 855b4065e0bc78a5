//! What is written is read again as the same.

use super::properties::trees;
use crate::formula::expression::Expression;
use crate::formula::program::Program;
use crate::formula::shape::Shape;
use crate::formula::write::Spelling;
use proptest::prelude::*;
use proptest::sample::select;

/// The text of a line, of any kind of value: whether it fits together is not asked.
fn lines() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        select(vec![
            "x", "g₋", "m\u{302}", "ŝ", "β₁", "v_max", "ρ∞", "ε′", "f*", "f", "H", "e₁", "lr", "beta2",
            "x_plus", "Δ", "π",
        ])
        .prop_map(str::to_owned),
        select(vec!["0", "1", "2", "0.96", "1e-8", "2.5e300", "1024", "3.141592653589793"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        let signs = select(vec![
            " + ", " - ", "·", "*", "⊙", " .* ", "/", "^", " mod ", "+", " - -", "*-", "^-", "×", " − ",
        ]);
        let calls =
            select(vec!["exp", "ln", "atan", "log10", "relu", "erf", "floor", "sqrt", "√", "abs", "norm", "sign", "ceil", "diag", "f", "∇f", "∇²f", "grad", "hess"]);
        let raised = select(vec!["²", "⁻¹", "¹⁰", "⁻²", "^2", "^-1", "^T", "^0.5"]);
        prop_oneof![
            2 => inner.clone().prop_map(|of| format!("({of})")),
            1 => inner.clone().prop_map(|of| format!("-({of})")),
            1 => inner.clone().prop_map(|of| format!("|{of}|")),
            1 => inner.clone().prop_map(|of| format!("‖{of}‖")),
            1 => inner.clone().prop_map(|of| format!("√({of})")),
            2 => (inner.clone(), raised).prop_map(|(of, raised)| format!("({of}){raised}")),
            6 => (inner.clone(), signs, inner.clone()).prop_map(|(a, sign, b)| format!("({a}){sign}({b})")),
            3 => (select(vec!["x", "β", "2"]), select(vec!["·", "/", " - ", "²·"]), inner.clone())
                .prop_map(|(a, sign, b)| format!("{a}{sign}{b}")),
            2 => (calls, inner.clone()).prop_map(|(name, of)| format!("{name}({of})")),
            1 => (select(vec!["min", "max", "dot", "mod", "hypot"]), inner.clone(), inner.clone())
                .prop_map(|(name, a, b)| format!("{name}({a}, {b})")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("clip({a}, {b}, {c})")),
            1 => (inner.clone(), inner.clone(), select(vec![" < ", ">", "<=", " ≥ ", "=", " == ", "≻", ">>"]), inner.clone(), inner)
                .prop_map(|(a, b, relation, c, d)| format!("(({a}) if ({b}){relation}({c}) else {d})")),
        ]
    })
}

fn read(text: &str) -> Option<Expression> {
    match Expression::parse_line(text) {
        Ok(line) => Some(line),
        Err(error) => {
            let bounded = ["characters", "too deep"].iter().any(|limit| error.message.contains(limit));
            assert!(bounded || error.message.contains("parentheses"), "{text}: {error}");
            None
        }
    }
}

const PROGRAM_FRAGMENTS: [&str; 40] = [
    "x", "x", "g", "m", "v", "lr", "beta", "β₂", "f", "f*", "H", " = ", " = ", " ← ", "; ", "; ", "\n", "+",
    " - ", "*", "·", "⊙", ".*", "/", "^", "²", "⁻¹", "^T", "(", ")", ")", "√", "|", "‖", "grad(", "hess(",
    "x = ", "if", " else ", "≻ 0",
];

proptest! {
    #[test]
    fn a_line_is_read_as_it_was_written(text in lines()) {
        if let Some(line) = read(&text) {
            for spelling in [Spelling::Typed, Spelling::Printed] {
                let written = line.written(spelling);
                if written.chars().count() <= 500 {
                    let again = Expression::parse_line(&written);
                    prop_assert_eq!(again.as_ref(), Ok(&line), "{} is written {}", text, written);
                    // Once written, it stays as it is.
                    prop_assert_eq!(again.map(|line| line.written(spelling)), Ok(written));
                }
            }
        }
    }

    #[test]
    fn a_function_is_read_as_it_was_typed(tree in trees()) {
        if let Ok(function) = Expression::parse(&tree.written(0)) {
            let written = function.written(Spelling::Typed);
            if written.chars().count() <= 500 {
                prop_assert_eq!(Expression::parse(&written), Ok(function), "{}", written);
            }
        }
    }

    #[test]
    fn no_program_makes_it_panic(parts in prop::collection::vec(select(&PROGRAM_FRAGMENTS[..]), 0..40)) {
        let text = parts.concat();
        match Program::parse(&text, &[("x", Shape::Vector), ("g", Shape::Vector)]) {
            Ok(program) => {
                let mut values = program.start(|_| 0.5);
                program.run(&mut values, |_, [x, y]| [x, y, 1.0]);
                // Shorter than it should be, it is still no panic.
                program.run(&mut values[..1.min(program.width())], |_, _| [0.0; 3]);
            }
            Err(error) => {
                let count = text.chars().count();
                prop_assert!(error.at + error.length <= count, "{text:?}: {error:?}");
                prop_assert!(error.length > 0 || error.at == count, "{text:?}: {error:?}");
                prop_assert!(!error.message.is_empty() && !error.message.contains('\n'), "{text:?}: {error:?}");
            }
        }
    }

    #[test]
    fn no_program_of_any_text_makes_it_panic(text in any::<String>()) {
        let _ = Program::parse(&text, &[]);
        let _ = Expression::parse_line(&text);
    }
}
