//! Loading and saving files, and opening presets by name.

use std::fs;
use thalweg::files::disk::{load, load_table, open, save};
use thalweg_core::catalogue::surfaces;
use thalweg_core::objective::objective::Objective;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{MAX_BYTES, PRESETS, Scenario, Start};

fn scenario() -> Scenario {
    Scenario::new(surfaces::find("Saddle").expect("a built-in surface"))
}

#[test]
fn saving_and_loading() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.ron");
    let mut mine = scenario();
    save(&path, &mine).unwrap();
    assert_eq!(load(&path).unwrap(), mine);
    mine.title = "Another".to_owned();
    save(&path, &mine).unwrap();
    assert_eq!(load(&path).unwrap(), mine);
    assert_eq!(open(path.to_str().unwrap()).unwrap(), mine);
    // Nothing but the file is left.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_failed_save_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.ron");
    save(&path, &scenario()).unwrap();
    let before = fs::read(&path).unwrap();

    let nowhere = folder.path().join("no/such/folder.ron");
    let error = save(&nowhere, &scenario()).unwrap_err();
    assert!(error.to_string().starts_with(&format!("{}: cannot be saved: ", nowhere.display())), "{error}");
    let error = save(folder.path(), &scenario()).unwrap_err();
    assert!(error.to_string().contains("this is a folder"), "{error}");

    // What could not be opened again is not written.
    let mut broken = scenario();
    broken.start = Start::At([f64::NAN, 0.0]);
    let error = save(&path, &broken).unwrap_err();
    assert!(error.to_string().contains("found `NaN`"), "{error}");
    broken = scenario();
    broken.surface.values[0] = Value::Choice(7);
    assert!(save(&path, &broken).is_err());
    assert_eq!(fs::read(&path).unwrap(), before);

    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let error = save(&path, &scenario()).unwrap_err();
    assert!(error.to_string().contains("read-only"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.ron");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    save(&path, &scenario()).unwrap();
    // As any other program would have made it: readable for its owner and by the user's mask.
    let probe = folder.path().join("probe");
    fs::write(&probe, "").unwrap();
    assert_eq!(mode(), fs::metadata(&probe).unwrap().permissions().mode() & 0o777);
    for wanted in [0o600, 0o640, 0o664] {
        fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).unwrap();
        save(&path, &scenario()).unwrap();
        assert_eq!(mode(), wanted);
    }
    let link = folder.path().join("link.ron");
    symlink(&path, &link).unwrap();
    let mut other = scenario();
    other.steps = 7;
    save(&link, &other).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(load(&path).unwrap().steps, 7);

    // In a folder that may not be written, the file stays as it is (unless one is root).
    let locked = fs::Permissions::from_mode(0o555);
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.path(), locked).unwrap();
    let may_write = fs::write(folder.path().join("probe2"), "").is_ok();
    let before = fs::read(&path).unwrap();
    let saved = save(&path, &scenario());
    fs::set_permissions(folder.path(), open).unwrap();
    if !may_write {
        saved.unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.ron");
    let message = || load(&path).unwrap_err().to_string();
    let name = path.display();
    assert!(message().starts_with(&format!("{name}: cannot be read: ")), "{}", message());
    assert!(load(folder.path()).unwrap_err().to_string().contains("cannot be read"));

    fs::write(&path, b"(surface: Saddle(),\n title: \"\xc3\xa4\xff\", runners: [])").unwrap();
    assert_eq!(
        message(),
        format!("{name}:2:11: this is not text in UTF-8; save the file with that encoding")
    );
    fs::write(&path, vec![b' '; MAX_BYTES + 1]).unwrap();
    assert!(message().starts_with(&format!("{name}:1:1: this is larger than 1024 KiB")), "{}", message());
    fs::write(&path, "(surface: Sadle,\n runners: 3)").unwrap();
    let lines = message();
    let lines: Vec<_> = lines.lines().collect();
    assert!(lines[0].starts_with(&format!("{name}:1:11: unknown surface `Sadle`; did you mean `Saddle`?")));
    assert!(lines[1].starts_with(&format!("{name}:2:11: found `3`; `runners` takes a list")), "{lines:?}");
    assert_eq!(lines.len(), 2);
}

#[test]
fn presets_open_by_name() {
    for preset in PRESETS {
        assert!(!open(preset.name).unwrap().runners.is_empty());
    }
    let error = open("rosenbrok").unwrap_err().to_string();
    assert!(error.ends_with("did you mean `rosenbrock`?"), "{error}");
    let error = open("learning").unwrap_err().to_string();
    assert!(error.contains("`learning-rates`") && error.contains(" or "), "{error}");
    let error = open("xyzzy").unwrap_err().to_string();
    assert!(error.contains("`thalweg list presets`"), "{error}");
    let error = open("no/such/file.ron").unwrap_err().to_string();
    assert!(error.starts_with("no/such/file.ron: cannot be read"), "{error}");
    assert!(open("").is_err());
}

/// A preset names its data from its own folder: the two can be moved together.
#[test]
fn a_preset_and_its_data_move_together() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    fs::create_dir(&here).unwrap();
    fs::create_dir(&there).unwrap();
    fs::write(here.join("points.csv"), "size;age;price\n1;2;3\n2;1;4.5\n0;1;-1\n").unwrap();
    let text = "(surface: LinearRegression(data: \"points.csv\"), runners: [])";
    fs::write(here.join("fit.ron"), text).unwrap();
    let rows = |scenario: &Scenario| match &scenario.surface.values[0] {
        Value::Data(table) => table.rows.clone(),
        other => panic!("{other:?}"),
    };
    let scenario = load(here.join("fit.ron")).unwrap();
    assert_eq!(rows(&scenario), [[1.0, 2.0, 3.0], [2.0, 1.0, 4.5], [0.0, 1.0, -1.0]]);
    // Saved beside the data it names it shortly, elsewhere in full; both can be opened.
    save(here.join("again.ron"), &scenario).unwrap();
    assert!(fs::read_to_string(here.join("again.ron")).unwrap().contains("data: \"points.csv\""));
    save(there.join("far.ron"), &scenario).unwrap();
    assert_eq!(load(there.join("far.ron")).unwrap(), scenario);
    for file in ["again.ron", "points.csv"] {
        fs::copy(here.join(file), there.join(file)).unwrap();
    }
    assert_eq!(rows(&load(there.join("again.ron")).unwrap()), rows(&scenario));
    // That the data has changed meanwhile does not keep the preset from being saved.
    fs::write(here.join("points.csv"), "1,2,3\n2,1,5\n").unwrap();
    save(here.join("again.ron"), &scenario).unwrap();
    assert_eq!(rows(&load(here.join("again.ron")).unwrap()).len(), 2);
    // Damage is told with the file's row and column, at the place that names it.
    fs::write(here.join("points.csv"), "1,2,3\n2,x,5\n").unwrap();
    let error = load(here.join("fit.ron")).unwrap_err().to_string();
    assert!(error.contains("fit.ron:1:34: ") && error.contains("points.csv:2:3: "), "{error}");
    fs::remove_file(here.join("points.csv")).unwrap();
    let error = load(here.join("fit.ron")).unwrap_err().to_string();
    assert!(error.contains("points.csv: cannot be read"), "{error}");
}

/// A document names columns of a file, and reads back as it was written; classes may be written as -1 and 1.
#[test]
fn columns_of_a_file_are_named_in_the_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    fs::write(here.join("houses.csv"), "id,size,sold,price\na,1,-1,3\nb,2,1,5\nc,,1,9\nd,4,1,9\n")
        .expect("written");
    let document = |model: &str, columns: &str| {
        let data = format!("Table(file: \"houses.csv\", columns: [{columns}])");
        let text =
            format!("(surface: {model}(data: {data}), runners: [(optimizer: GradientDescent(lr: 0.1))])");
        fs::write(here.join("fit.ron"), text).expect("written");
        load(here.join("fit.ron"))
    };
    let scenario = document("LinearRegression", "\"size\", \"price\"").expect("a line");
    let objective = Objective::new(&scenario.surface);
    assert_eq!(objective.examples().expect("examples")[..2], [[1.0, 1.0, 3.0], [2.0, 1.0, 5.0]]);
    // Slope and intercept of the line through (1, 3), (2, 5), (4, 9).
    assert!(objective.value([2.0, 1.0].into()) < 1e-24);
    save(here.join("again.ron"), &scenario).expect("saved");
    assert!(fs::read_to_string(here.join("again.ron")).expect("read").contains("Table(file: \"houses.csv\""));
    assert_eq!(load(here.join("again.ron")).expect("a scenario"), scenario);

    let classes = document("LogisticRegression", "\"size\", \"price\", \"sold\"").expect("two classes");
    let targets: Vec<_> =
        Objective::new(&classes.surface).examples().expect("examples").iter().map(|row| row[2]).collect();
    assert_eq!(targets, [0.0, 1.0, 1.0]);
    let error = document("LogisticRegression", "\"size\", \"price\"").expect_err("no classes").to_string();
    assert!(error.contains("found the target 3 in row 1"), "{error}");
    let error = document("LinearRegression", "\"sise\", \"price\"").expect_err("no column").to_string();
    assert!(error.contains("houses.csv:1:1: unknown column `sise`; did you mean `size`?"), "{error}");
    let error = document("LinearRegression", "1, 2").expect_err("no names").to_string();
    assert!(error.contains("`columns` takes the names of columns in quotes"), "{error}");
}

#[test]
fn tables_are_read_and_failures_name_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("points.csv");
    fs::write(&path, "a,b,t\n1,2,3\n4,5,6\n").expect("written");
    let table = load_table(&path).expect("a table");
    assert_eq!((table.name, table.rows.len()), (path.display().to_string(), 2));

    fs::write(&path, "1,2,3\n4,x,6\n").expect("written");
    let message = load_table(&path).expect_err("a problem").to_string();
    assert_eq!(message, format!("{}:2:3: found `x`; a number is needed, as in -1.5 or 2e-3", path.display()));

    let message = load_table(folder.path().join("none.csv")).expect_err("a problem").to_string();
    assert!(message.contains("none.csv: cannot be read") && message.contains("check the name"), "{message}");
    assert!(load_table(folder.path()).is_err());
}
