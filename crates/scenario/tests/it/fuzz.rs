//! Presets with random damage: reading never panics, and every diagnostic lies inside the text.

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use thalweg_scenario::{PRESETS, parse};

const PIECES: [&str; 28] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "'",
    "r#\"",
    "\"#",
    "//",
    "/*",
    "*/",
    "\\",
    "\n",
    "-",
    ".",
    "..",
    "1e999",
    "NaN",
    "Some(",
    "é",
    "\u{2028}",
    "#![enable(unwrap_newtypes)]",
    "b'",
    "0x",
];

#[test]
fn damaged_presets() {
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut below = move |limit: usize| (random.next_u64() % limit.max(1) as u64) as usize;
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..6000 {
        let mut bytes = PRESETS[round % PRESETS.len()].text.as_bytes().to_vec();
        for _ in 0..=below(4) {
            let at = below(bytes.len());
            match below(6) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..bytes.len().min(at + 1 + below(9)))),
                2 => bytes.insert(at.min(bytes.len()), below(128) as u8),
                3 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = below(256) as u8),
                4 => drop(bytes.splice(at..at, PIECES[below(PIECES.len())].bytes())),
                _ => {
                    let to = at + below(bytes.len() - at);
                    let copy = bytes[at..to].to_vec();
                    let into = below(bytes.len());
                    bytes.splice(into..into, copy);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        match parse(&text) {
            Ok(_) => accepted += 1,
            Err(diagnostics) => {
                refused += 1;
                assert!(!diagnostics.is_empty(), "{text}");
                // As an editor has them: a line ends with LF, CR or both.
                let lines = text.replace("\r\n", "\n").replace('\r', "\n");
                let lines: Vec<_> = lines.split('\n').map(|line| line.chars().count()).collect();
                for diagnostic in diagnostics {
                    let inside = diagnostic.line >= 1
                        && lines
                            .get(diagnostic.line - 1)
                            .is_some_and(|length| (1..=length + 1).contains(&diagnostic.column));
                    assert!(inside, "{diagnostic}\n{text}");
                }
            }
        }
    }
    assert!(accepted > 100 && refused > 1000, "{accepted} accepted, {refused} refused");
}
