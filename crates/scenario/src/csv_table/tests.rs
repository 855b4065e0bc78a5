//! What is read, what is refused, and where.

use super::*;
use crate::csv_number::MAX_VALUE;
use crate::text::place::MAX_BYTES;
use proptest::prelude::*;
use std::fmt::Write as _;
use thalweg_core::data::ALL;

fn rows_of(content: &str) -> Vec<Row> {
    read_table("t", content.as_bytes())
        .unwrap_or_else(|diagnostics| panic!("{content:?}: {diagnostics:?}"))
        .rows
}

fn problems_of(content: &[u8]) -> Vec<Diagnostic> {
    read_table("t", content).expect_err("problems")
}

#[test]
fn every_usual_way_of_writing_a_table_is_read() {
    let expected = [[1.0, -2.5, 3.0], [4e-3, 5.0, -6.0]];
    for content in [
        "1,-2.5,3\n4e-3,5,-6\n",
        "1, -2.5, 3\n4e-3, 5, -6\n",
        "1,-2.5,3\n4e-3,5,-6",
        "\u{feff}1,-2.5,3\r\n4e-3,5,-6\r\n",
        "1,-2.5,3\r4e-3,5,-6\r",
        "\u{feff}\u{feff}1,-2.5,3\n4e-3,5,-6",
        "1;-2.5;3\n4e-3;5;-6",
        ";;\n1;-2.5;3\n ; ;\n4e-3;5;-6\n;;;;\n",
        "1\t-2.5\t3\n4e-3\t5\t-6",
        " 1 , -2.5,3\t\n\n   \n\t\n0.004 ,+5 , -6.0 \n\n",
        "\n\r\n\n1,-2.5,3\n4e-3,5,-6",
        "\"1\",\"-2.5\",\" 3 \"\n4e-3,5,\"-6\"",
        "1, \"-2.5\", 3\n4e-3, 5, -6",
        "a,b,c\n1,-2.5,3\n4e-3,5,-6",
        "\u{feff}\"length, in mm\";\"b \"\"quoted\"\"\";c\n1;-2.5;3\n4e-3;5;-6",
        "\"a;b\",\"c;d\",e\n1,-2.5,3\n4E-3,5.,-6",
        "a\tb\tc\n\n1\t-2.5\t3\n.4e-2\t5\t-6",
    ] {
        assert_eq!(rows_of(content), expected, "{content:?}");
    }
}

/// Thousands and decimal commas, what a first line says of the separator, and separators without a cell behind them.
#[test]
fn tables_of_spreadsheets_are_read() {
    for (content, expected) in [
        ("A;B;C\n1,1;2,2;0\n3,3;4,4;1", [[1.1, 2.2, 0.0], [3.3, 4.4, 1.0]]),
        ("1,1;2,2;0\n3,3;4,4;1", [[1.1, 2.2, 0.0], [3.3, 4.4, 1.0]]),
        ("A\tB\tC\n1,1\t2,25\t0\n-3,375\t4,4e1\t1", [[1.1, 2.25, 0.0], [-3.375, 44.0, 1.0]]),
        ("sep=;\nA;B;C\n1.1;2.2;0\n3.3;4.4;1", [[1.1, 2.2, 0.0], [3.3, 4.4, 1.0]]),
        ("\u{feff}\"SEP=;\"\r\n1,5;2;0\r\n3,5;4;1", [[1.5, 2.0, 0.0], [3.5, 4.0, 1.0]]),
        (
            "s,r,p\n\"1,250\",2,\"210,500\"\n980,2,\"189,000\"",
            [[1250.0, 2.0, 210_500.0], [980.0, 2.0, 189_000.0]],
        ),
        ("1,250,000;2;3\n4;5;1,000", [[1_250_000.0, 2.0, 3.0], [4.0, 5.0, 1000.0]]),
        ("1,250.5;2;3\n4;5;1,000", [[1250.5, 2.0, 3.0], [4.0, 5.0, 1000.0]]),
        ("a;b;c\n1.250,5;2;3\n4;5;6", [[1250.5, 2.0, 3.0], [4.0, 5.0, 6.0]]),
        // A nought at the beginning, or four digits, is no group of thousands.
        ("0,250;2;1,250\n4;5;6", [[0.25, 2.0, 1.25], [4.0, 5.0, 6.0]]),
        ("1 2 0\n2  3\t1", [[1.0, 2.0, 0.0], [2.0, 3.0, 1.0]]),
        ("  x y t  \n\n 1,5 2,5 0\n   \n2 3 1 \n", [[1.5, 2.5, 0.0], [2.0, 3.0, 1.0]]),
        // Points between thousands beside decimal commas, and then without one, too.
        (
            "s;r;p\n1.250,5;2,5;210.500\n980;2;1.189.000,25",
            [[1250.5, 2.5, 210_500.0], [980.0, 2.0, 1_189_000.25]],
        ),
        ("1,2,0,\n2,3,1,\n", [[1.0, 2.0, 0.0], [2.0, 3.0, 1.0]]),
        ("a;b;c;\n1,5;2;0;\n2;3;1;\n", [[1.5, 2.0, 0.0], [2.0, 3.0, 1.0]]),
    ] {
        assert_eq!(rows_of(content), expected, "{content:?}");
    }
}

/// Lines that begin with `#`, as measuring programs and `numpy.savetxt` write them.
#[test]
fn remarks_are_passed_over_and_may_hold_the_names() {
    let expected = [[1.5, 2.0, 0.0], [3.5, 4.0, 1.0]];
    for (content, columns) in [
        ("# measured on Monday\nA,B,C\n1.5,2,0\n3.5,4,1", ["A", "B", "C"]),
        ("# a \"quote, and\r\n#\r\n\r\n  # (1, 2)\r\nA,B,C\r\n1.5,2,0\r\n3.5,4,1", ["A", "B", "C"]),
        ("# A,B,C\n1.5,2,0\n3.5,4,1", ["A", "B", "C"]),
        ("# made by f\n# A B C\n1.5 2 0\n3.5 4 1", ["A", "B", "C"]),
        ("## A;B;C\n1,5;2;0\n3,5;4;1", ["A", "B", "C"]),
        ("#A\tB\tC\n1.5\t2\t0\n3.5\t4\t1", ["A", "B", "C"]),
        ("#,B,C\n1.5,2,0\n3.5,4,1", ["#", "B", "C"]),
        ("# three columns\n1.5,2,0\n3.5,4,1", ["x1", "x2", "target"]),
        ("# 1,2,3\n1.5,2,0\n3.5,4,1", ["x1", "x2", "target"]),
        ("# a, b, c\nA,B,C\n1.5,2,0\n3.5,4,1", ["A", "B", "C"]),
        ("# of a table\nsep=;\n# A;B;C\n1.5;2;0\n3.5;4;1", ["A", "B", "C"]),
        ("sep=;\n# remark\nA;B;C\n1.5;2;0\n3.5;4;1", ["A", "B", "C"]),
        ("A,B,C\n1.5,2,0\n# a pause\n3.5,4,1\n# the end\n", ["A", "B", "C"]),
    ] {
        assert_eq!(rows_of(content), expected, "{content:?}");
        assert_eq!(read_table("t", content.as_bytes()).expect(content).columns, columns, "{content:?}");
    }
    for name in ["#A", "# a", "A"] {
        let chosen = [name, "C"].map(str::to_owned);
        let table = read_columns("t", b"#A,B,C\n1.5,2,0\n3.5,4,1", &chosen).expect(name);
        assert_eq!(table.rows, [[1.5, 1.0, 0.0], [3.5, 1.0, 1.0]], "{name}");
    }
    // Places are those of the file.
    let problems = problems_of(b"# remark\n\nA,B,C\n1,2,3\n4,x,6\n");
    assert_eq!((problems[0].line, problems[0].column), (5, 3), "{problems:?}");
    assert!(problems_of(b"# remark\n# another")[0].message.contains("no row"));
}

/// Control characters and blanks at the ends of names, and names that are cut, once and again.
#[test]
fn names_are_the_same_when_they_are_read_again() {
    let long = "a ".repeat(30);
    for content in [
        "\u{1}a,b\u{1a},c\n1,2,3\n4,5,6".to_owned(),
        "a,b,c\n1,2,no\u{1}\n4,5,yes\u{1a}\n".to_owned(),
        "\r\"\"0;'\r00;'\t\0\0\u{1}H\0\"\"88,88\u{1a}\n".to_owned(),
        format!("{long},{}b{long},c\n1,2,3\n4,5,6", "b".repeat(39)),
    ] {
        let table = read_table("t", content.as_bytes()).expect(&content);
        let again = read_table("t", write_table(&table).as_bytes());
        assert_eq!(again, Ok(table), "{content:?}");
    }
    assert!(problems_of("a,\u{1},c\n1,2,3\n4,5,6".as_bytes())[0].message.contains("no name"));
}

/// One feature: the second is 1 in all rows, and its weight the intercept.
#[test]
fn one_feature_has_an_intercept() {
    let expected = [[1.5, 1.0, 3.0], [2.5, 1.0, 5.0]];
    for content in [
        "1.5,3\n2.5,5",
        "size,price\n1.5,3\n2.5,5",
        "1,5;3\n2,5;5",
        "size;price;\n1,5;3;\n2,5;5;",
        "1.5\t3\n2.5\t5",
        "1.5 3\n2.5 5",
        "size price\n1,5 3\n2,5 5",
        "sep=;\n1.5;3\n2.5;5",
        ",size,price\n0,1.5,3\n1,2.5,5",
    ] {
        assert_eq!(rows_of(content), expected, "{content:?}");
    }
    let table = read_table("t", b"size,price\n1.5,3\n2.5,5").expect("a table");
    assert_eq!(table.columns, ["size", "bias", "price"].map(str::to_owned));
    assert_eq!(read_table("t", write_table(&table).as_bytes()), Ok(table));
}

/// Rows with a gap are left out and counted, whatever stands for the missing number.
#[test]
fn rows_with_gaps_are_counted() {
    let text = "a,b,c\n1,2,3\n4,,6\n,NA,\n7,8,NaN\nnull,1,2\n4,5,6\n";
    let table = read_table("t", text.as_bytes()).expect("a table");
    assert_eq!((table.rows.as_slice(), table.left_out), (&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]][..], 4));
    let text = "a,b,c\n1,2,3\n4,?,6\n5,n/a,7\n7,8,<NA>\n.,1,2\n#N/A,1,2\n4,5,6\n";
    let table = read_table("t", text.as_bytes()).expect("a table");
    assert_eq!((table.rows.as_slice(), table.left_out), (&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]][..], 5));
    // Beside points between thousands a point is no decimal one: what has both readings is refused.
    assert!(read_table("t", b"a;b;c\n1.250,5;2.5;3\n4;5;6").is_err());
    // A gap in a column that nobody has chosen is none.
    let chosen = ["a", "b"].map(str::to_owned);
    let table = read_columns("t", b"a,b,c\n1,2,\n4,5,\n7,8,9", &chosen).expect("a table");
    assert_eq!((table.len(), table.left_out), (3, 0));
}

/// Two words are classes, the first of the alphabet being 0; the column says which is 1.
#[test]
fn two_words_are_classes() {
    for (text, one) in [
        ("x,y,kind\n1,2,virginica\n3,4,setosa\n5,6,virginica", "kind = virginica"),
        ("1;2;yes\n3;4;no\n5;6;yes", "target = yes"),
        ("1 2 true\n3 4 false\n5 6 true", "target = true"),
    ] {
        let table = read_table("t", text.as_bytes()).unwrap_or_else(|found| panic!("{text}: {found:?}"));
        assert_eq!(table.rows, [[1.0, 2.0, 1.0], [3.0, 4.0, 0.0], [5.0, 6.0, 1.0]], "{text}");
        assert_eq!(table.columns[2], one);
        assert_eq!(read_table("t", write_table(&table).as_bytes()), Ok(table));
    }
}

#[test]
fn more_than_two_words_are_no_classes() {
    let found = problems_of(b"x,y,kind\n1,2,a\n3,4,b\n5,6,a\n7,8,c\n9,9,c");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].line, found[0].column), (5, 5));
    assert!(
        found[0].message.contains("found the targets `a`, `b`, `c`: two words are classes"),
        "{}",
        found[0].message
    );
}

/// Columns are chosen by name, in whatever order; what stands in the others is of no account.
#[test]
fn columns_are_chosen_by_name() {
    let text = b"id;Size;note;rooms;price\na;1,5;x;2;10\nb;2,5;;3;20\n";
    let choose = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        read_columns("t", text, &names)
    };
    let table = choose(&["rooms", "size", "price"]).expect("a table");
    assert_eq!(table.rows, [[2.0, 1.5, 10.0], [3.0, 2.5, 20.0]]);
    assert_eq!(table.columns, ["rooms", "Size", "price"].map(str::to_owned));
    assert_eq!(choose(&["Size", "price"]).expect("one feature").rows, [[1.5, 1.0, 10.0], [2.5, 1.0, 20.0]]);
    for (names, words) in [
        (&["rooms", "sise", "price"][..], "unknown column `sise`; did you mean `Size`?"),
        (&["price"], "1 column is chosen; three are needed"),
        (&["note", "Size", "price"], "found `x`"),
    ] {
        let found = choose(names).expect_err("refused");
        assert!(found[0].message.contains(words), "{names:?}: {}", found[0].message);
    }
    let numbered =
        read_columns("t", b"1,2,3,4\n5,6,7,8", &["4", "2"].map(str::to_owned)).expect("by numbers");
    assert_eq!(numbered.rows, [[4.0, 1.0, 2.0], [8.0, 1.0, 6.0]]);
}

/// What a message says to write, in place of the cell: then it is no longer complained of.
#[test]
fn advice_makes_its_error_vanish() {
    let cells = [
        "1,5",
        "1,250",
        "12,345,678",
        "-1,250.5",
        "1.250,5",
        "1 250",
        "2'000",
        "\u{2212}5",
        "1\u{a0}250,5",
        "3_000",
    ];
    for cell in cells {
        for (separator, other) in [(';', "1.5"), (',', "1.5"), (';', "2,75"), (',', "0")] {
            let text = |cell: &str| {
                format!(
                    "a{separator}b{separator}c\n\"{cell}\"{separator}\"{other}\"{separator}1\n1{separator}2{separator}3\n"
                )
            };
            let Err(found) = read_table("t", text(cell).as_bytes()) else { continue };
            for diagnostic in found.iter().filter(|diagnostic| (diagnostic.line, diagnostic.column) == (2, 1))
            {
                let advised: Vec<_> = diagnostic.message.split('`').skip(1).step_by(2).skip(1).collect();
                for advised in advised {
                    let advised = if advised == "-" { "-5" } else { advised };
                    let left = read_table("t", text(advised).as_bytes()).err().unwrap_or_default();
                    let left = left.iter().find(|left| (left.line, left.column) == (2, 1));
                    assert_eq!(left, None, "{cell}: {}", diagnostic.message);
                }
            }
        }
    }
}

#[test]
fn names_are_those_of_the_header_or_ours() {
    let table = |content: &str| read_table("dir/my.csv", content.as_bytes()).expect("a table");
    let plain = table("1,2,3\n4,5,6");
    assert_eq!(
        (plain.name.as_str(), plain.columns),
        ("dir/my.csv", ["x1", "x2", "target"].map(str::to_owned))
    );
    let named = table(" size ,\"a, b\",y\n1,2,3\n4,5,6");
    assert_eq!(named.columns, ["size", "a, b", "y"].map(str::to_owned));
}

#[test]
fn built_in_sets_survive_being_written_and_read() {
    for set in ALL {
        let table = set.table();
        let mut text = table.columns.join(",") + "\n";
        for [x1, x2, target] in &table.rows {
            writeln!(text, "{x1},{x2},{target}").expect("written");
        }
        assert_eq!(read_table(set.name, text.as_bytes()), Ok(table));
    }
}

#[test]
fn every_mistake_is_told_with_its_place() {
    // Content, where each diagnostic is, and a word that its message has.
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("", &[("1:1", "no row of numbers")]),
        ("\u{feff}\r\n \n", &[("1:1", "no row of numbers")]),
        ("a,b,c\n", &[("1:6", "no row of numbers")]),
        ("a,b,c\n1,2,3\n", &[("2:6", "found 1 row of numbers; at least 2")]),
        (
            "1/2/3\n4/5/6",
            &[(
                "1:1",
                "found 1 column; three are needed, two features and the target, or two, a feature and the target, separated by",
            )],
        ),
        ("1 2 3\n4 5\n5 6 7 8", &[("2:1", "found 2 columns"), ("3:7", "found 4 columns")]),
        (
            "a,b,c,d\n1,2,3,4",
            &[("1:7", "columns: [\"x1\", \"x2\", \"target\"])`, from \"a\", \"b\", \"c\", \"d\"")],
        ),
        ("1,2,3\n4,5\n6,7,8,9\n1,2,3", &[("2:1", "found 2 columns"), ("3:7", "found 4 columns")]),
        ("1,2,3\n4\n5,6,7", &[("2:1", "found 1 column")]),
        (
            "1,2,3\n\n4,,6\n ,5, ",
            &[(
                "4:5",
                "found 1 row of numbers; at least 2 are needed (2 rows with empty cells are left out)",
            )],
        ),
        ("1,2,NA\n,,0\n4,5,6", &[("3:6", "found 1 row")]),
        ("a,b,c\n1,2,yes\n4,5,no\n1,2,maybe", &[("4:5", "the targets `yes`, `no`, `maybe`")]),
        ("a,b,c\n1,2,yes\n4,5,yes", &[("2:5", "`yes`"), ("3:5", "`yes`")]),
        (",a,b\n1,2,3\n4,5,6", &[("1:1", "no name")]),
        ("1.0,abc,2\n3,4,5", &[("1:5", "found `abc`; a number is needed")]),
        ("a,b,c\n1,2,3\n4,5 6,7", &[("3:3", "found `5 6`")]),
        ("a,b,c\n1,2,3\nx,y,z", &[("3:1", "`x`"), ("3:3", "`y`"), ("3:5", "`z`")]),
        ("é,ß,c\n\"1\",  µ,3\r\n4,5,0x1F", &[("2:7", "found `µ`"), ("3:5", "found `0x1F`")]),
        ("a,b,c\r1,2,3\r4,5,x?", &[("3:5", "found `x?`")]),
        ("\"a \"\"b\"\"\",\"1;\",c\n\"1\",\"2\",x\n4,5,6", &[("2:9", "found `x`")]),
        ("7,inf,3\n4,-Infinity,6", &[("1:3", "`inf`; the numbers have to be finite"), ("2:3", "finite")]),
        ("1e999,2,3\n4,-2e100,1e100", &[("1:1", "at most 1e100"), ("2:3", "at most 1e100")]),
        // Decimal commas beside decimal points.
        (
            "1,5;2,5;3\n4;5.5;6",
            &[("1:1", "`1,5`; write a point as in 1.5"), ("1:5", "write a point as in 1.5")],
        ),
        // Thousands or decimals?
        ("a;b;c\n1,250;2;3\n4;5;6", &[("2:1", "found `1,250`; write `1250`, or `1.250` if that is meant")]),
        ("a,b,c\n\"1,250\",2,\"1,5\"\n4,5,6", &[("2:1", "write `1250`, or"), ("2:11", "write a point")]),
        (
            "a,b,c\n1 250,2'000,1\u{a0}250.5\n4,5,6",
            &[("2:1", "`1250`"), ("2:7", "`2000`"), ("2:13", "`1250.5`")],
        ),
        ("1,2,3\n\"4,5\",5,6", &[("2:1", "write a point as in 1.5")]),
        ("1,2,3\n4,\u{2212}5,6", &[("2:3", "minus sign")]),
        (
            "1,2,3\n4;5,6;7,8",
            &[("2:1", "`4;5`; separate the cells as in the first line, by commas"), ("2:5", "commas")],
        ),
        ("1,2,3\n4,\"5,6\n7,8,9\n", &[("2:3", "not closed on its line")]),
        ("1,2,3\n4,\"5\"x,6", &[("2:3", "found `5x`")]),
        ("1,2,3\n\"4\"\"\",\"5\"\"x\"\"\"y,z", &[("2:1", "`4\"`"), ("2:7", "`5\"x\"y`"), ("2:17", "`z`")]),
        ("1,2,3\n\"4\"\"x\"y\"\",5,z", &[("2:1", "found"), ("2:13", "`z`")]),
    ];
    for (content, expected) in cases {
        let diagnostics = problems_of(content.as_bytes());
        let found: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), expected.len(), "{content:?}: {found:#?}");
        for (found, (place, words)) in found.iter().zip(*expected) {
            assert!(found.starts_with(&format!("{place}: ")), "{content:?}: {found}, not at {place}");
            assert!(found.contains(words), "{content:?}: {found}, without {words:?}");
        }
    }
}

#[test]
fn what_is_no_text_is_refused_at_its_line() {
    for (content, place) in [
        (&b"1,2,3\n4,\xff,6"[..], "2:3"),
        (b"\xff\xfe1\0,\0", "1:1"),
        (b"\xef\xbb\xbfa,\xe4\n", "1:3"),
        (b"1,2,3\r\n4,5,6\xc3", "2:6"),
    ] {
        let found = problems_of(content)[0].to_string();
        assert!(found.starts_with(&format!("{place}: ")) && found.contains("UTF-8"), "{found}");
    }
}

#[test]
fn there_are_limits_to_size_and_rows() {
    let rows = |count: usize| "1,2,3\n".repeat(count);
    assert_eq!(rows_of(&rows(MAX_ROWS)).len(), MAX_ROWS);
    assert_eq!(rows_of(&("a,b,c\n".to_owned() + &rows(MAX_ROWS))).len(), MAX_ROWS);
    let found = problems_of(rows(MAX_ROWS + 1).as_bytes());
    assert_eq!((found.len(), found[0].line, found[0].column), (1, MAX_ROWS + 1, 1));
    assert!(found[0].message.contains("more than 10000 rows"), "{found:?}");

    let mut large = rows(2).into_bytes();
    large.resize(MAX_BYTES, b'\n');
    assert!(read_table("t", &large).is_ok());
    large.push(b'\n');
    assert!(problems_of(&large)[0].message.contains("larger than 1024 KiB"));
}

#[test]
fn many_problems_are_counted() {
    let found = problems_of(("1,2,3\n".to_owned() + &"a,b,c\n".repeat(15)).as_bytes());
    assert_eq!(found.len(), MOST);
    assert!(found[MOST - 1].message.ends_with("(and 25 more problems)"), "{}", found[MOST - 1]);
    assert!(!found[MOST - 2].message.contains("more problems"));
}

/// What every answer to every content has to be.
fn check(content: &[u8]) -> Result<(), TestCaseError> {
    match read_table("t", content) {
        Ok(table) => {
            prop_assert!((MIN_ROWS..=MAX_ROWS).contains(&table.len()));
            prop_assert!(table.rows.iter().flatten().all(|value| value.abs() <= MAX_VALUE));
            prop_assert!(table.columns.iter().all(|name| !name.is_empty()));
        }
        Err(diagnostics) => {
            prop_assert!((1..=MOST).contains(&diagnostics.len()));
            let lines = 1 + content.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
            let mut last = (1, 1);
            for diagnostic in diagnostics {
                prop_assert!(diagnostic.line <= lines && diagnostic.column <= content.len() + 1);
                prop_assert!((diagnostic.line, diagnostic.column) >= last, "in the order of the file");
                last = (diagnostic.line, diagnostic.column);
                prop_assert!(diagnostic.message.lines().count() <= 2);
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_bytes_are_too_much(content in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&content)?;
    }

    #[test]
    fn nothing_that_looks_like_a_table_is_too_much(content in "[-0-9.,;\t\"\r\n a\u{feff}é]{0,80}") {
        check(content.as_bytes())?;
    }

    #[test]
    fn damaged_tables_are_read_or_refused(
        at in 0_usize..60, gone in 0_usize..5, put in prop::collection::vec(any::<u8>(), 0..4),
    ) {
        let mut content = b"\xef\xbb\xbf\"x, 1\",x2,t\r\n1,2.5,-3\r\n4e1,\"5\",6\r\n7,8,9\r\n".to_vec();
        let at = at.min(content.len());
        content.splice(at..(at + gone).min(content.len()), put);
        check(&content)?;
    }

    #[test]
    fn numbers_are_read_to_the_bit(
        rows in prop::collection::vec(prop::array::uniform3(prop_oneof![Just(-0.0), -1e100..1e100, -1.0..1.0, any::<i32>().prop_map(f64::from)]), 2..20),
        separator in prop::sample::select(vec![",", ";", "\t", " ; ", ", "]),
        newline in prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n"]),
    ) {
        let line = |row: &Row| row.map(|value| value.to_string()).join(separator);
        let content = rows.iter().map(line).collect::<Vec<_>>().join(newline);
        prop_assert_eq!(rows_of(&content), rows);
    }
}
