//! What a person is told of a formula that is wrong.

use crate::formula::expression::Expression;
use crate::formula::parse_error::ParseError;

fn mistake(text: &str) -> ParseError {
    match Expression::parse(text) {
        Ok(expression) => panic!("{text} is read as {expression:?}"),
        Err(mistake) => mistake,
    }
}

#[test]
fn a_mistake_says_where_it_is_and_what_to_write() {
    /// The place (from 0), how many characters, and words of the message.
    fn check(text: &str, at: usize, length: usize, words: &[&str]) {
        let mistake = mistake(text);
        assert_eq!((mistake.at, mistake.length), (at, length), "{text}: {mistake}");
        for word in words {
            assert!(mistake.message.contains(word), "{text}: `{word}` is not in: {mistake}");
        }
    }
    // Nothing, or not all.
    check("", 0, 0, &["no formula"]);
    check("  \t ", 4, 0, &["no formula"]);
    check("x +", 3, 0, &["missing", "after `+`"]);
    check("x + ", 4, 0, &["missing"]);
    check("-", 1, 0, &["missing"]);
    check("* x", 0, 1, &["missing before `*`"]);
    check("x + * y", 4, 1, &["missing before `*` after `+`"]);
    check("2^", 2, 0, &["after `^`"]);
    check("sin(", 4, 0, &["after `(`"]);
    // Other languages.
    check("x if x != 0 else y", 7, 2, &["`!=` is not allowed", "`b if u = v else a`"]);
    check("sinc(x)", 0, 4, &["`sin(u)/u`"]);
    // Parentheses.
    check("()", 1, 1, &["nothing in the parentheses"]);
    check("(x + y", 0, 1, &["never closed"]);
    check("2*(x + (y)", 2, 1, &["never closed"]);
    check("exp(x", 3, 1, &["never closed"]);
    check("x)", 1, 1, &["closes nothing"]);
    check(")", 0, 1, &["closes nothing"]);
    check("(x + )", 5, 1, &["missing before `)` after `+`"]);
    // Products are written out.
    check("x y", 2, 1, &["write `*`"]);
    check("(x)(y)", 3, 1, &["write `*`"]);
    check("(x y)", 3, 1, &["write `*`"]);
    check("x 2", 2, 1, &["write `*`"]);
    check("(x)2", 3, 1, &["write `*`"]);
    check("1 2", 2, 1, &["write `*`"]);
    check("pi x", 3, 1, &["write `*`"]);
    // Names.
    check("x(3)", 0, 1, &["variable", "x*("]);
    check("1 + y (3)", 4, 1, &["variable", "y*("]);
    check("pi(3)", 0, 2, &["number", "pi*("]);
    check("foo(3)", 0, 3, &["no function `foo`", "exp", "max", "foo*("]);
    check("sine(x)", 0, 4, &["no function `sine`", "did you mean `sin`"]);
    check("Exp(x)", 0, 3, &["did you mean `exp`"]);
    check("sqr(x)", 0, 3, &["`sqrt`"]);
    check("pow(x, 2)", 0, 3, &["write `^`"]);
    check("y + Math.sin(x)", 4, 4, &["`Math.` is not needed", "sin(x)"]);
    check("np.exp(x)", 0, 2, &["`np.` is not needed"]);
    check("x.^2 + y", 1, 1, &["as in `x^2`"]);
    check("if(x, y, 1)", 0, 2, &["`a if b < c else d`"]);
    check("where(x > 0, x, 0)", 0, 5, &["no function `where`", "`a if u < v else b`"]);
    check("arctan(y/x)", 0, 6, &["no function `arctan`", "`atan(u)`"]);
    check("round(x)", 0, 5, &["`floor(u + 0.5)`"]);
    check("sgn(x)", 0, 3, &["`sign(u)`"]);
    check("x if x > 0", 10, 0, &["what else?"]);
    check("x if x else 0", 7, 4, &["compares two values"]);
    check("x > 0", 2, 1, &["only in a condition"]);
    check("x ≤ y", 2, 1, &["only in a condition"]);
    check("x > 0 ? x : 0", 2, 1, &["only in a condition"]);
    check("(x ? 1 : 0)", 3, 1, &["`a if b < c else d`"]);
    check("x % 2", 2, 1, &["`mod(a, b)`"]);
    check("|x", 0, 1, &["never closed"]);
    check("1/2x", 3, 1, &["between `2` and `x`", "write the `*`"]);
    check("x^2y", 3, 1, &["between `2` and `y`", "write the `*`"]);
    check("x²^2", 2, 1, &["power of a power"]);
    check("else", 0, 4, &["missing before `else`"]);
    check("atan2(y)", 7, 1, &["two arguments"]);
    check("x^2;", 3, 1, &["at the end nothing"]);
    check("'x'", 0, 1, &["no quotes"]);
    check("tahn(x)", 0, 4, &["did you mean `tan` or `tanh`"]);
    check("exp", 0, 3, &["`exp(x)`", "parentheses"]);
    check("exp x", 0, 3, &["`exp(x)`", "parentheses"]);
    check("2*min", 2, 3, &["`min(x, y)`", "parentheses"]);
    check("x + f*y", 4, 1, &["`f`", "another name"]);
    check("a_constant_of_17c + x", 0, 17, &["17 characters", "at most 16"]);
    check("a+b+c+d+a+g+h+i+j+k", 18, 1, &["`k`", "8 are allowed", "a, b, c, d, g, h, i, j"]);
    // Arguments.
    check("exp()", 4, 1, &["one argument", "none"]);
    check("exp(x, y)", 5, 1, &["one argument", "more"]);
    check("min(x)", 5, 1, &["two arguments", "one"]);
    check("min()", 4, 1, &["two arguments", "none"]);
    check("max(x, y, 1)", 8, 1, &["two arguments", "more"]);
    check("max(x y)", 6, 1, &["write `*`"]);
    check("max(x, y", 3, 1, &["never closed"]);
    check("max(x", 3, 1, &["never closed"]);
    check("max(, y)", 4, 1, &["missing before `,`"]);
    check("x, y", 1, 1, &["comma", "min"]);
    check("1,5*x", 1, 1, &["decimal point"]);
    check("(x, y)", 2, 1, &["comma"]);
    // Numbers.
    check("1e999", 0, 5, &["too large"]);
    check("x + 1e999 + y", 4, 5, &["too large"]);
    check("1.2.3", 3, 1, &["second decimal point"]);
    check(".", 0, 1, &["decimal point alone"]);
    check("x + .e3", 4, 1, &["decimal point alone"]);
    // Other writing.
    check("2×x", 1, 1, &["`×`", "`*`"]);
    check("2·x", 1, 1, &["`*`"]);
    check("x − 1", 2, 1, &["`-`"]);
    check("2*π", 2, 1, &["`pi`"]);
    check("λ*x^2", 0, 1, &["`lambda`"]);
    check("é + x", 0, 1, &["`é`", "plain letters"]);
    check("[x]", 0, 1, &["`(`"]);
    check("f = x", 0, 1, &["`f`"]);
    check("f(x, y) = x", 0, 1, &["`f`", "what it equals"]);
    check("exp²", 0, 3, &["parentheses"]);
    check("max(x, π)", 7, 1, &["`pi`"]);
    check("(x;", 2, 1, &["`,`"]);
    check("2 + * λ", 4, 1, &["missing"]);
    check("x = y", 2, 1, &["equals"]);
    check("_a", 0, 1, &["begins with a letter"]);
    check("√x", 0, 1, &["sqrt"]);
    check("x\u{0}", 1, 1, &["control character"]);
    check("x 🙂 λ", 2, 1, &["`🙂`"]);
    check("🙂", 0, 1, &["`🙂`"]);
}

#[test]
fn a_formula_is_neither_too_long_nor_too_deep() {
    let sum = |terms: usize| vec!["x"; terms].join("+");
    assert_eq!(Expression::parse(&sum(250)).unwrap().tape(&[]).at(1.0, 0.0), 250.0);
    let long = mistake(&format!("{} +1", sum(250)));
    assert_eq!((long.at, long.length), (500, 2));
    assert!(long.message.contains("502 characters") && long.message.contains("at most 500"), "{long}");
    // Counted in characters: these are 500, of two bytes each.
    assert_eq!(mistake(&"é".repeat(500)).at, 0);

    for (text, at) in [
        ("-".repeat(499) + "x", 64),
        ("+".repeat(499) + "x", 64),
        ("(".repeat(500), 64),
        ("x^".repeat(249) + "x", 128),
        ("sin(".repeat(125), 256),
        ("max(1,".repeat(83), 382),
    ] {
        let deep = mistake(&text);
        assert_eq!(deep.at, at, "{text}: {deep}");
        assert!(deep.message.contains("too deep") && deep.message.contains("64"), "{deep}");
    }
    for text in ["-".repeat(63) + "x", "x^".repeat(63) + "x", "(".repeat(63) + "x" + &")".repeat(63)] {
        assert!(Expression::parse(&text).is_ok(), "{text}");
    }
}

#[test]
fn a_mistake_counts_from_one_for_people() {
    assert!(mistake("x y").to_string().ends_with("at character 3"));
}

/// As deep as a formula may nest, and deeper: read, written, and evaluated with second derivatives, on a small stack.
#[test]
fn the_deepest_formula_fits_a_small_stack() {
    use crate::math::dual::Dual;
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    let read = small.spawn(|| {
        let mut deepest = 0;
        for depth in 1..=200 {
            for [open, close] in
                [["(", ")"], ["-", ""], ["abs(", ")"], ["x^", ""], ["max(y,", ")"], ["1/(", ")"]]
            {
                let text = format!("{}x{}", open.repeat(depth), close.repeat(depth));
                if let Ok(expression) = Expression::parse(&text) {
                    let tape = expression.tape(&[]);
                    let at = tape.at(Dual::x(Dual::x(0.5)), Dual::y(Dual::y(0.25)));
                    assert!(!at.value.value.is_nan(), "{text}");
                    let written = expression.written(crate::formula::write::Spelling::Typed);
                    let is_short = written.chars().count() <= crate::formula::limits::MOST_CHARACTERS;
                    assert!(!is_short || Expression::parse(&written).as_ref() == Ok(&expression), "{text}");
                    deepest = deepest.max(depth);
                }
            }
        }
        deepest
    });
    // The formula itself is a level, too.
    assert_eq!(read.expect("a thread").join().expect("no overflow") + 1, crate::formula::limits::DEEPEST);
}
