//! What a session keeps until the next start: every string that can be typed, every table, and what is left of
//! a text that is damaged or older.

use proptest::prelude::*;
use std::sync::Arc;
use thalweg_core::catalogue::surfaces;
use thalweg_core::data::rows::Table;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{DataFile, FileSource, Scenario, parse_bytes, parse_with, to_ron};
use thalweg_session::{Edit, RunnerEdit, Session, StoredSession};

/// One table, whatever it is asked for.
struct One(Table);

impl FileSource for One {
    fn read(&mut self, _: &str) -> Result<DataFile, String> {
        let bytes = thalweg_scenario::write_table(&self.0).into_bytes();
        Ok(DataFile { name: self.0.name.clone(), bytes })
    }
}

fn table(name: &str, rows: &[[f64; 3]]) -> Table {
    let columns = ["a \"b\"", "c", "yes"].map(str::to_owned);
    Table { name: name.to_owned(), columns, rows: rows.to_vec(), ..Table::default() }
}

fn on_data(table: Table) -> Scenario {
    let text =
        "(surface: LogisticRegression(data: \"any\"), runners: [(optimizer: GradientDescent(lr: 0.3))])";
    parse_with(text, &mut One(table)).expect("a scenario")
}

fn back(session: &Session) -> StoredSession {
    let (stored, missed) = StoredSession::from_text(&session.stored(None).to_text()).expect("readable");
    assert!(missed.is_empty(), "{missed:?}");
    stored
}

fn commands(text: &str) -> [Edit; 5] {
    [
        Edit::SetTitle(text.to_owned()),
        Edit::Runner(0, RunnerEdit::Rename(text.to_owned())),
        Edit::Pin(text.to_owned()),
        Edit::Pin("before".to_owned()),
        Edit::RenamePinned(1, text.to_owned()),
    ]
}

proptest! {
    /// Whatever is typed or pasted into a name comes back, from the store and from a file.
    #[test]
    fn every_string_in_every_name_comes_back(text in any::<String>(), chars in proptest::collection::vec(
        prop_oneof![any::<char>(), Just('\t'), Just('\n'), Just('\r'), Just('\0'), Just('\u{85}'), Just('\u{7f}'),
            Just('\u{2028}'), Just('\u{2029}'), Just('"'), Just('#'), Just('\\'), Just(' ')], 0..90))
    {
        for text in [text, chars.into_iter().collect()] {
            let mut session = Session::new(thalweg_scenario::open_preset("saddle").expect("a lesson"));
            for edit in commands(&text) {
                session.apply(edit);
            }
            prop_assert_eq!(session.scenario().pinned_runs.len(), 2);
            let stored = back(&session);
            prop_assert_eq!(&*stored.scenario, session.scenario());
            prop_assert_eq!(&*stored.opened, session.opened());
            let ron = to_ron(session.scenario());
            let same = parse_bytes(ron.as_bytes(), &mut thalweg_scenario::NoFiles);
            prop_assert_eq!(same.as_ref(), Ok(session.scenario()));
        }
    }

    /// Names of files and columns, too, and every number.
    #[test]
    fn every_table_comes_back(name in "\\PC+", rows in proptest::collection::vec(
        (-1e100..1e100, proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL, 0.0..1.0), 2..20))
    {
        let rows: Vec<_> = rows.into_iter().map(|(x1, x2, target)| [x1, x2, target]).collect();
        let mut session = Session::new(on_data(table(&name, &rows)));
        session.apply(Edit::Pin("before".to_owned()));
        prop_assert_eq!(&*back(&session).scenario, session.scenario());
    }
}

#[test]
fn what_was_typed_is_cleaned_and_kept() {
    let mut session = Session::new(thalweg_scenario::open_preset("saddle").expect("a lesson"));
    session.apply(Edit::Runner(0, RunnerEdit::Rename("good:\t0.1\u{2028}".to_owned())));
    assert_eq!(session.scenario().runners[0].label, "good: 0.1");
    session.apply(Edit::SetTitle("x".repeat(500)));
    assert_eq!(session.scenario().title.len(), 120);
}

/// A pinned race and the live one on files of one name and other content, which is what a changed file makes of
/// them.
#[test]
fn pinned_runs_keep_their_data() {
    let (old, new) = ([[1.0, 2.0, 0.0], [2.0, 1.0, 1.0]], [[1.0, 2.0, 1.0], [5.0, 1.0, 0.0]]);
    let mut session = Session::new(on_data(table("/tmp/points.csv", &old)));
    session.apply(Edit::Pin("before".to_owned()));
    let other = Value::Data(Arc::new(table("/tmp/points.csv", &new)));
    session.apply(Edit::SetSurface("data".into(), other));
    let stored = back(&session);
    assert_eq!(&*stored.scenario, session.scenario());
    assert_eq!(&*stored.opened, session.opened());
    assert_eq!(stored.file_values().len(), 2);
    assert_ne!(stored.scenario.pinned_runs[0].of.surface.values, stored.scenario.surface.values);
}

#[test]
fn file_and_fingerprint_come_back() {
    let mut session = Session::new(Scenario::new(surfaces::ALL[0]));
    session.mark_saved(session.scenario().clone(), "/tmp/a \"b\".ron".into());
    let stored = session.stored(Some(0x0123_4567_89ab_cdef));
    assert_eq!(StoredSession::from_text(&stored.to_text()), Ok((stored, Vec::new())));
}

/// What cannot be read is named, and the rest comes back.
#[test]
fn a_damaged_part_takes_nothing_else_with_it() {
    let scenario = r#"(surface: Saddle, start: (1, 2), steps: 77, nonsense: 3, runners: [
        (label: "a\tb", optimizer: Adam(lr: 0.5)), (optimizer: Adamm(lr: 0.5)), (optimizer: Momentum(lr: -1)),
        (label: "last", optimizer: GradientDescent(lr: 0.25))],
        ghosts: [(name: "bad", of: (surface: Sadle, runners: [])),
            (name: "good", of: (surface: Saddle, runners: [(optimizer: Adam)]))],
        stop: (gradient: -1))"#;
    let text = ron::to_string(&std::collections::BTreeMap::from([("scenario", scenario)])).expect("a map");
    let (stored, missed) = StoredSession::from_text(&text).expect("the rest");
    let runners: Vec<_> = stored.scenario.runners.iter().map(|runner| runner.name().into_owned()).collect();
    assert_eq!(runners, ["Adam", "momentum", "last"], "a setting that is refused has its default");
    assert_eq!((stored.scenario.steps, stored.scenario.start.point()), (77, [1.0, 2.0]));
    assert_eq!(stored.scenario.pinned_runs.iter().map(|pin| &*pin.name).collect::<Vec<_>>(), ["good"]);
    for part in ["nonsense", "one line of text", "Adamm", "-1", "Sadle"] {
        assert!(missed.iter().any(|line| line.contains(part)), "{part}: {missed:?}");
    }
    // More steps than there is room for: the cloud gives way.
    let scenario = "(surface: Saddle, steps: 900000, cloud: (count: 200), runners: [(optimizer: Adam)])";
    let text = ron::to_string(&std::collections::BTreeMap::from([("scenario", scenario)])).expect("a map");
    let (stored, missed) = StoredSession::from_text(&text).expect("the rest");
    assert!(stored.scenario.cloud.is_none() && stored.scenario.steps == 900_000 && missed.len() == 1);
}

/// What was opened stands in where the document cannot be read; nothing but words where neither can.
#[test]
fn what_was_opened_stands_in() {
    let session = Session::new(thalweg_scenario::open_preset("saddle").expect("a lesson"));
    let mut text = session.stored(None).to_text();
    // The document is written behind what was opened.
    let place = text.rfind("surface: Saddle").expect("the surface") + "surface: ".len();
    text.replace_range(place..place, "x");
    let (stored, missed) = StoredSession::from_text(&text).expect("what was opened");
    assert!(stored.scenario == stored.opened && missed.len() == 1, "{missed:?}");
    let text = text.replace("surface: Saddle", "surface: Sadle");
    assert!(StoredSession::from_text(&text).is_err_and(|why| why.contains("xSaddle")));
    for text in ["", "{", "{}", "(1)", "{\"scenario\": 3}", "{\"scenario\":\"(surfa", "\0\0\0"] {
        assert!(StoredSession::from_text(text).is_err_and(|why| why.starts_with("it ")), "{text}");
    }
}

/// A text as version 0.1.0 stored it (eframe's storage: a map of texts in RON, pretty, with the window's own entries
/// beside ours, and with gaps where a table was none): scenario, what was opened, data of both.
#[test]
fn a_session_of_version_0_1_0_comes_back() {
    let scenario = "(\n    version: 1,\n    title: \"Mine\",\n    surface: LogisticRegression(data: \"/gone/points.csv\", \
                    standardize: false, l2: 0.1),\n    start: (-1, 2),\n    view: (x: (-3, 3), y: (-3, 3)),\n    steps: 77,\n    \
                    gradient: Exact,\n    runners: [\n        (label: \"slow\", color: Green, optimizer: GradientDescent(lr: 0.3), \
                    schedule: Constant),\n    ],\n    ghosts: [\n        (name: \"before\", of: (surface: LogisticRegression(data: \
                    \"/gone/other.csv\"), start: (0, 0), steps: 5, runners: [(optimizer: Adam(lr: 0.1))])),\n    ],\n)\n";
    let entries: std::collections::BTreeMap<&str, &str> = [
        ("window", "(inner_position_pixels:Some((x:0.0,y:0.0)),fullscreen:false)"),
        ("egui", "(options:())"),
        ("scenario", scenario),
        ("opened", scenario),
        ("file", "/gone/mine.ron"),
        ("data", "/gone/points.csv\nx1,x2,class\n0.1,1e-300,1\n-2.5,3.3333333333333335,0\n"),
        ("data 1", "/gone/other.csv\na,b,y\n1,2,1\n2,1,0\n"),
        ("data 2", ""),
        ("opened data", "/gone/points.csv\nx1,x2,class\n0.1,1e-300,1\n-2.5,3.3333333333333335,0\n"),
        ("opened data 1", "/gone/other.csv\na,b,y\n1,2,1\n2,1,0\n"),
        ("opened data 2", ""),
    ]
    .into();
    let text = ron::ser::to_string_pretty(&entries, ron::ser::PrettyConfig::default()).expect("text");
    let (stored, missed) = StoredSession::from_text(&text).expect("a session");
    assert!(missed.is_empty(), "{missed:?}");
    let scenario = &stored.scenario;
    assert_eq!((scenario.title.as_str(), scenario.steps, scenario.runners.len()), ("Mine", 77, 1));
    assert_eq!(stored.opened, stored.scenario);
    assert_eq!(stored.file, Some("/gone/mine.ron".into()));
    let rows: Vec<_> = stored
        .file_values()
        .iter()
        .filter_map(|value| if let Value::Data(table) = value { Some(table.rows.clone()) } else { None })
        .collect();
    assert!(rows.contains(&vec![[0.1, 1e-300, 1.0], [-2.5, 3.333_333_333_333_333_5, 0.0]]), "{rows:?}");
    assert!(rows.contains(&vec![[1.0, 2.0, 1.0], [2.0, 1.0, 0.0]]), "{rows:?}");
    // Kept as it is kept now, it stays.
    assert_eq!(back(&Session::new((*stored.scenario).clone())).scenario, stored.scenario);
}
