//! Documents that are accepted, and documents that are refused at a stated place.

use thalweg_core::catalogue::surfaces;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Color, Diagnostic, MAX_BYTES, MAX_RUNNERS, Scenario, parse, to_ron};

/// The diagnostics of `text`, which has some.
fn diagnostics(text: &str) -> Vec<Diagnostic> {
    match parse(text) {
        Ok(scenario) => panic!("accepted: {text}\n{scenario:?}"),
        Err(diagnostics) => diagnostics,
    }
}

/// A document with `»` where its one diagnostic is, and what the message must say.
fn check(marked: &str, fragments: &[&str]) {
    let text = marked.replacen('»', "", 1);
    let before = marked.split('»').next().unwrap();
    assert_ne!(before, marked, "no mark in {marked}");
    let line = before.split('\n').count();
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    let found = diagnostics(&text);
    let [diagnostic] = &found[..] else { panic!("one problem expected in {text}\n{found:#?}") };
    assert_eq!((diagnostic.line, diagnostic.column), (line, column), "{text}\n{diagnostic}");
    for fragment in fragments {
        assert!(
            diagnostic.message.contains(fragment),
            "`{fragment}` is not in: {}\n{text}",
            diagnostic.message
        );
    }
    assert!(diagnostic.message.lines().count() <= 2, "{diagnostic}");
}

/// Checks a document with good runners.
fn check_with_runners(marked: &str, fragments: &[&str]) {
    check(&format!("({marked}\nrunners: [(optimizer: GradientDescent(lr: 0.01))])"), fragments);
}

/// Checks a runner on a good surface.
fn check_runner(marked: &str, fragments: &[&str]) {
    check(&format!("(surface: Saddle(),\n  runners: [{marked}],\n)"), fragments);
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    let table: &[(&str, &[&str])] = &[
        // The surface.
        ("surface: »Sadle(),", &["unknown surface `Sadle`", "did you mean `Saddle`?"]),
        ("surface: »saddle(),", &["did you mean `Saddle`?"]),
        (
            "surface: /* here */ »Xyz, // or there",
            &["unknown surface `Xyz`; `thalweg list surfaces` shows all"],
        ),
        ("surface: »\"Saddle\",", &["without quotes"]),
        ("surface: »7,", &["found `7`", "Name(key: value, ...)"]),
        ("surface: »[],", &["found `[]`"]),
        ("surface: »true,", &["unknown surface `true`"]),
        ("surface: Quadratic»(30, 4),", &["found `(30, 4)`", "Quadratic(lambda_min: ...)"]),
        (
            "surface: Quadratic(»kapa: 30),",
            &["unknown field of `Quadratic`, `kapa`", "did you mean `kappa`?"],
        ),
        ("surface: Quadratic(kappa: 30, »kappa: 30),", &["`kappa` is given twice"]),
        ("surface: Quadratic(kappa: »-3),", &["found `-3`", "`kappa` takes a finite number above 0"]),
        ("surface: Quadratic(kappa: »0),", &["above 0"]),
        ("surface: Quadratic(kappa: »inf),", &["found `inf`", "finite"]),
        ("surface: Quadratic(angle: »NaN),", &["found `NaN`", "a finite number"]),
        ("surface: Quadratic(angle: »-NaN),", &["found `-NaN`", "a finite number"]),
        ("surface: Quadratic(angle: »1e999),", &["found `1e999`", "beyond the largest"]),
        ("surface: Quadratic(angle: »\"30\"),", &["found `\"30\"`", "a finite number"]),
        ("surface: Quadratic(angle: »(30)),", &["found `(30)`"]),
        ("surface: Quadratic(angle: »true),", &["found `true`"]),
        ("surface: Quadratic(angle: »Some(1)),", &["found `Some(1)`"]),
        // What the scenario says itself.
        ("surface: Saddle(), version: »2,", &["found `2`", "is 1, the only one"]),
        ("surface: Saddle(), version: »\"1\",", &["found `\"1\"`"]),
        ("surface: Saddle(), title: »3,", &["found `3`", "a text in quotes"]),
        ("surface: Saddle(), title: »\"a\nb\",", &["one line"]),
        ("surface: Saddle(), title: »Saddle,", &["a text in quotes"]),
        ("surface: Saddle(), notes: »('a'),", &["a text in quotes"]),
        ("surface: Saddle(), start: »1,", &["found `1`", "two numbers"]),
        ("surface: Saddle(), start: »(1, 2, 3),", &["found `(1, 2, 3)`", "two numbers"]),
        ("surface: Saddle(), start: »[1, 2],", &["two numbers"]),
        ("surface: Saddle(), start: »(x: 1, y: 2),", &["two numbers"]),
        ("surface: Saddle(), start: (1, »-inf),", &["found `-inf`", "a finite number"]),
        ("surface: Saddle(), start: (1, »\"2\"),", &["found `\"2\"`"]),
        ("surface: Saddle(), view: »(1, 2),", &["the view is written `(x: (-3, 3), y: (-2, 2))`"]),
        ("surface: Saddle(), view: (»z: (1, 2)),", &["unknown field of the view, `z`", "known: x, y"]),
        ("surface: Saddle(), view: (x: »(1, 1)),", &["found `(1, 1)`", "smaller number first"]),
        ("surface: Saddle(), view: (y: »(2, 1)),", &["smaller number first"]),
        ("surface: Saddle(), view: (y: »(-1e308, 1e308)),", &["too wide"]),
        ("surface: Saddle(), view: (x: »(1e16, 10000000000000002)),", &["too narrow"]),
        ("surface: Saddle(), view: (y: »(0, 5e-324)),", &["too narrow"]),
        ("surface: Saddle(), steps: »0,", &["found `0`", "a whole number from 1 to 1000000"]),
        ("surface: Saddle(), steps: »1000001,", &["from 1 to 1000000"]),
        ("surface: Saddle(), steps: »10.5,", &["a whole number"]),
        ("surface: Saddle(), steps: »-1,", &["a whole number"]),
        ("surface: Saddle(), steps: »NaN,", &["a whole number"]),
        ("surface: Saddle(), steps: »1e999,", &["a whole number"]),
        (
            "surface: Saddle(), gradient: »Noisy(sigma: 0.1),",
            &["unknown gradient `Noisy`", "did you mean `Noise`?"],
        ),
        ("surface: Saddle(), gradient: Noise(sigma: »-0.1),", &["found `-0.1`; `sigma` takes", "at least 0"]),
        (
            "surface: Saddle(), gradient: »Minibatch(size: 4),",
            &["`Minibatch` takes a surface that is a mean over data", "Noise"],
        ),
        ("surface: ZeroOne(), gradient: Minibatch(size: »0),", &["`size` takes a whole number from 1"]),
        // Typed functions.
        ("surface: Formula(f: \"x^2 + »*y\"),", &["`*`"]),
        ("surface: Formula(f: \"x »y\"),", &["*"]),
        ("surface: Formula(f: \"x + »foo(y)\"),", &["foo"]),
        ("surface: Formula(f: r#\"x + »$\"#),", &["`$`"]),
        ("surface: Formula(f: »3),", &["found `3`; `f` takes a function of x and y in quotes"]),
        ("surface: Formula(f: \"a*x + y\", »b: 3),", &["unknown field of `Formula`, `b`", "known: f, a"]),
        ("surface: Formula(f: \"a*x + y\", a: »inf),", &["found `inf`; `a` takes a finite number"]),
        ("surface: Formula(f: \"a*x + y\", a: 1, »a: 2),", &["`a` is given twice"]),
        // Data.
        ("surface: ZeroOne(data: »Blob),", &["unknown data `Blob`; did you mean `Blobs`?", "in quotes"]),
        ("surface: ZeroOne(data: »Line),", &["found the target", "in row", "from 0 to 1"]),
        ("surface: ZeroOne(data: »\"no/such.csv\"),", &["no/such.csv: cannot be read"]),
        ("surface: ZeroOne(data: »3),", &["found `3`; `data` takes one of Blobs"]),
        ("surface: Saddle(), start: »Middle,", &["unknown start `Middle`", "known: Origin, Random"]),
        ("surface: Saddle(), start: Random(seed: »1.5),", &["`seed` takes a whole number"]),
        ("surface: Saddle(), cloud: (count: »201),", &["`count` takes a whole number from 1 to 200"]),
        ("surface: Saddle(), stop: (patience: »-1),", &["`patience` takes a whole number from 0"]),
        ("surface: Saddle(), stop: »1e-6,", &["the rule to stop is written"]),
        ("surface: Saddle(), stop: (gradient: »-1),", &["`gradient` takes a finite number of at least 0"]),
        ("surface: Saddle(), stop: (divergence: »0),", &["`divergence` takes a finite number above 0"]),
        ("surface: Saddle(), stop: (divergence: »inf),", &["`divergence` takes a finite number above 0"]),
        ("surface: Saddle(), »step: 3,", &["unknown field of a scenario, `step`", "did you mean `steps`"]),
        ("surface: Saddle(), »surface: Rosenbrock(),", &["`surface` is given twice"]),
        ("title: \"äöü→\", surface: »Sadle,", &["unknown surface"]),
    ];
    for (marked, fragments) in table {
        check_with_runners(marked, fragments);
    }
}

#[test]
fn what_is_wrong_with_a_runner_is_said_at_its_place() {
    let table: &[(&str, &[&str])] = &[
        ("(optimizer: »Adma())", &["unknown optimizer `Adma`", "did you mean `Adam`"]),
        ("(optimizer: Adam(lr: »0))", &["found `0`", "`lr` takes a finite number above 0"]),
        ("(optimizer: Adam(»learning_rate: 1))", &["unknown field of `Adam`, `learning_rate`", "known: lr,"]),
        ("(optimizer: Adam(beta1: »1))", &["found `1`", "from 0 to 1 (1 not included)"]),
        ("(optimizer: Momentum(form: »Pytorch))", &["unknown form `Pytorch`", "did you mean `PyTorch`?"]),
        ("(optimizer: Momentum(form: »\"PyTorch\"))", &["takes one of PyTorch, Classical, Averaged"]),
        ("(optimizer: Momentum(form: PyTorch»(1)))", &["`PyTorch` has no settings"]),
        ("(optimizer: Adam(amsgrad: »1))", &["found `1`", "true or false"]),
        ("(optimizer: Adam(amsgrad: »yes))", &["found `yes`", "true or false"]),
        (
            "(optimizer: Adam(), »colour: Blue)",
            &["unknown field of a runner, `colour`", "did you mean `color`?"],
        ),
        ("(optimizer: Adam(), color: »Red)", &["unknown color `Red`", "Blue, Orange"]),
        ("(optimizer: Adam(), color: »\"Blue\")", &["takes one of Blue, "]),
        ("(optimizer: Adam(), hidden: »1)", &["`hidden` takes true or false"]),
        ("(optimizer: Adam(), label: »1)", &["a label takes a text in quotes"]),
        ("(optimizer: Adam(), label: »\"a\\nb\")", &["one line"]),
        (
            "(optimizer: Adam(), schedule: »Cosin(total: 3))",
            &["unknown schedule `Cosin`", "did you mean `Cosine`"],
        ),
        ("(optimizer: Adam(), schedule: »\"Cosine\")", &["without quotes"]),
        ("(optimizer: Adam(), schedule: Constant»(1))", &["`Constant` is written `Constant()`"]),
        ("(optimizer: Adam(), schedule: Step(»siz: 3))", &["unknown field of `Step`, `siz`", "size, gamma"]),
        (
            "(optimizer: Adam(), schedule: Step(size: »2.5))",
            &["found `2.5`", "`size` takes a whole number from 1 to 1000000"],
        ),
        ("(optimizer: Adam(), schedule: Cosine(total: »0))", &["takes a whole number from 1"]),
        ("(optimizer: Adam(), schedule: Exponential(lambda: »-1))", &["a finite number of at least 0"]),
        (
            "(optimizer: Adam(), schedule: OneCycle(anneal: »Cos))",
            &["unknown anneal `Cos`", "Cosine, Linear"],
        ),
        (
            "(optimizer: Adam(), schedule: Piecewise(milestones: »30))",
            &["found `30`", "`milestones` takes a list of at most 8 whole numbers", "`[30, 60]`"],
        ),
        ("(optimizer: Adam(), schedule: Piecewise(milestones: »(30, 60)))", &["takes a list"]),
        (
            "(optimizer: Adam(), schedule: Piecewise(milestones: [30, »30]))",
            &["found `30`", "each larger than the one before"],
        ),
        ("(optimizer: Adam(), schedule: Piecewise(milestones: [60, »30, 90]))", &["each larger"]),
        ("(optimizer: Adam(), schedule: Piecewise(milestones: [»0]))", &["from 1 to 1000000"]),
        ("(optimizer: Adam(), schedule: Piecewise(milestones: [3, »4.5]))", &["found `4.5`"]),
        ("(optimizer: Adam(), schedule: Piecewise(milestones: [3, »\"4\"]))", &["whole numbers"]),
        (
            "(optimizer: Adam(), schedule: Piecewise(milestones: [1,2,3,4,5,6,7,8,»9]))",
            &["found 9 numbers", "at most 8"],
        ),
        ("»(label: \"nobody\")", &["`optimizer` is missing"]),
        ("»()", &["`optimizer` is missing"]),
        ("»Adam(lr: 1)", &["a runner is written `(optimizer: Adam(lr: 0.05))`"]),
        ("(optimizer: Adam(lr: 1)), »3", &["found `3`", "a runner is written"]),
    ];
    for (marked, fragments) in table {
        check_runner(marked, fragments);
    }
    let long = "x".repeat(61);
    check_runner(&format!("(optimizer: Adam(), label: »\"{long}\")"), &["61 characters", "at most 60"]);
    let many = "(optimizer: Adam()), ".repeat(MAX_RUNNERS);
    check_runner(&format!("{many}»(optimizer: Adam())"), &["found 33 runners", "at most 32"]);
    let runners = "(optimizer: Adam()), ".repeat(11);
    check(
        &format!("(surface: Saddle(), steps: »1000000, runners: [{runners}])"),
        &["11000000 in all", "at most 10000000"],
    );
}

#[test]
fn errors_of_syntax_are_said_at_their_place() {
    let table: &[(&str, &[&str])] = &[
        ("»", &["ends before anything is said"]),
        ("  \n// nothing\n»", &["ends in the middle"]),
        ("(surface: Saddle()\n »runners: [])", &["found `runners`", "comma"]),
        ("(surface: Saddle(), runners: []»", &["the text ends here; a comma, a closing bracket"]),
        ("(surface »Saddle(), runners: [])", &["found `Saddle`", "colon"]),
        ("(surface: Saddle(), runners: [])\n»(", &["found `(`", "nothing may follow"]),
        ("(surface: Saddle(), runners: [(optimizer: Adam(lr: »))])", &["a value is expected"]),
        ("(surface: Saddle(), /* »", &["never closed"]),
        ("(surface: Saddle(), title: \"»open, runners: [])", &["never closed"]),
        ("»#![enable(implicit_some)]\n(surface: Saddle(), runners: [])", &["extensions"]),
    ];
    for (marked, fragments) in table {
        check(marked, fragments);
    }
    for deep in
        ["(", "[", "{", "a(", "Some(", "[(x:", "a:(", "/*", "-", "'", "\"", "r#", "r#\"", "b'", "..", "\\"]
    {
        for repeat in [200, 100_000] {
            let text = format!("(surface: {}", deep.repeat(repeat));
            assert_eq!(diagnostics(&text).len(), 1);
            assert_eq!(diagnostics(&deep.repeat(repeat)).len(), 1);
        }
    }
    assert!(diagnostics(&"[".repeat(200))[0].message.contains("nested too deeply"));
    let many = diagnostics(&format!("(surface: Saddle, runners: [],{})", "x: 1,".repeat(300)));
    assert_eq!(many.len(), 200);
    assert!(many[199].message.ends_with("(and 100 more problems)"), "{}", many[199]);
    let large = diagnostics(&" ".repeat(MAX_BYTES + 1));
    assert!(large[0].message.contains("larger than 1024 KiB"), "{large:?}");
}

#[test]
fn a_document_that_is_something_else_is_refused() {
    for text in ["»()", "»[1, 2]", "»3", "»\"text\"", "»Scenario(surface: Saddle(), runners: [])", "»{}"]
    {
        let text = text.replace('»', "");
        let found = diagnostics(&text);
        assert!(found.iter().all(|diagnostic| (diagnostic.line, diagnostic.column) == (1, 1)), "{found:?}");
        assert!(found[0].message.contains("(surface: ..., runners: [...])"), "{found:?}");
    }
    check("»(runners: [])", &["`surface` is missing"]);
    check("\n  »(surface: Saddle())", &["`runners` is missing"]);
    check("(surface: Saddle(), runners: »(optimizer: Adam()))", &["takes a list"]);
}

#[test]
fn all_problems_are_reported_in_their_order() {
    let text = "(
    version: 3,
    titel: \"Valley\",
    surface: Quadratic(kappa: -1, angel: 3),
    start: (1, NaN),
    view: (x: (3, -3), y: 0),
    steps: 0,
    runners: [
        (optimizer: Adma(lr: 0.1)),
        (optimizer: Adam(lr: 0, beta1: 2, beta1: 3), color: Pink),
    ],
    runners: [],
)";
    let places: Vec<_> =
        diagnostics(text).iter().map(|diagnostic| (diagnostic.line, diagnostic.column)).collect();
    let expected = [
        (2, 14),
        (3, 5),
        (4, 31),
        (4, 35),
        (5, 16),
        (6, 15),
        (6, 27),
        (7, 12),
        (9, 21),
        (10, 30),
        (10, 40),
        (10, 43),
        (10, 61),
        (12, 5),
    ];
    assert_eq!(places, expected);
}

#[test]
fn what_is_left_out_has_a_default() {
    for surface in surfaces::ALL {
        for form in [surface.name.to_owned(), format!("{}()", surface.name), format!("{} ( )", surface.name)]
        {
            let scenario = parse(&format!("(surface: {form}, runners: [])")).unwrap();
            assert_eq!(scenario, Scenario::new(*surface));
        }
    }
    let scenario = parse("(surface: Saddle, runners: [(optimizer: Adam), (optimizer: Momentum())])").unwrap();
    let colors: Vec<_> = scenario.runners.iter().map(|runner| runner.color).collect();
    assert_eq!(colors, [Color::Blue, Color::Orange]);
    let half = parse("(surface: Saddle, view: (y: (0, 1)), stop: (gradient: 1), runners: [])").unwrap();
    assert_eq!((half.view.x, half.view.y), (surfaces::find("Saddle").unwrap().view.x, (0.0, 1.0)));
    assert_eq!((half.stop.gradient, half.stop.divergence), (1.0, 1e12));
}

#[test]
fn natural_ways_to_write_are_accepted() {
    let same = |text: &str| match parse(text) {
        Ok(scenario) => scenario,
        Err(diagnostics) => panic!("{text}\n{diagnostics:?}"),
    };
    let plain = same("(surface: Quadratic(kappa: 100.0), steps: 50, runners: [(optimizer: Adam(lr: 1.0))])");
    for text in [
        "(surface: Quadratic(kappa: 100), steps: 50, runners: [(optimizer: Adam(lr: 1))])",
        "(surface: Quadratic(kappa: 1e2,), steps: 50.0, runners: [(optimizer: Adam(lr: 1.,),),],)",
        "// first\n(surface: /* a /* nested */ one */ Quadratic // name\n ( kappa /**/ : /**/ 1_00 /**/ , ) \
         /**/ , steps: 0x32, runners: [ /**/ (optimizer: Adam(lr: +1)) /**/ ] /**/ ) /**/ // last",
        "\u{feff}(\r\n\tsurface: Quadratic(kappa: 100),\r\n\tsteps: 50, version: 1, title: \"\", notes: r\"\",\r\n\
         \tgradient: Exact(), stop: (), view: (),\r\n\trunners: [(optimizer: Adam(lr: 1), schedule: Constant)]\r\n)",
        "(runners: [(label: \"\", color: Blue, hidden: false, schedule: Constant(), optimizer: Adam(lr: 1))], \
         steps: 50, surface: Quadratic(kappa: 100))",
    ] {
        assert_eq!(same(text), plain, "{text}");
    }
    // An alternative may be called by a number, as the paper calls it.
    let short = same("(surface: Saddle, runners: [(optimizer: BarzilaiBorwein(lr: 0.1, variant: 2))])");
    assert_eq!(short.runners[0].optimizer.values[1], Value::Choice(1));
    assert!(to_ron(&short).contains("BarzilaiBorwein(lr: 0.1, variant: 2)"));
    let raw = same("(surface: Saddle, runners: [], notes: r#\"a \"b\" \\n\nc\"#, title: \"\\u{e9}\\\"\")");
    assert_eq!((raw.notes.as_str(), raw.title.as_str()), ("a \"b\" \\n\nc", "é\""));
}
