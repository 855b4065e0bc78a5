//! The links of the notes: each does what its sentence says, and what cannot be followed is told.

use thalweg_scenario::notes_link::links;
use thalweg_scenario::{
    ChangedPlace, NotesLink, PRESETS, Record, Runner, Scenario, assign, changed_by, link_faults, open_preset,
    parse,
};
use thalweg_scenario::{NoFiles, refused};

/// What stands in a link, and where it leads.
fn texts(notes: &str) -> Vec<(String, String)> {
    let text = |range: std::ops::Range<usize>| {
        let link = &notes[range];
        link[1..link.rfind("](").unwrap()].to_owned()
    };
    links(notes).into_iter().map(|(range, to)| (text(range), to)).collect()
}

#[test]
fn every_link_of_every_lesson_can_be_followed() {
    let mut count = 0;
    for preset in PRESETS {
        let scenario = open_preset(preset.name).unwrap();
        assert_eq!(link_faults(&scenario), Vec::<String>::new(), "{}", preset.name);
        for (text, destination) in texts(&scenario.notes) {
            let link = NotesLink::read(&destination).expect(&destination).expect(&destination);
            if let NotesLink::Change(lines) = link {
                let (changed, places) = changed_by(&scenario, &lines).unwrap();
                // Some go back, or stay where the lesson begins.
                let is_back = ["and back", "from 0", "of the picture"].iter().any(|word| text.contains(word));
                assert!(changed != scenario || is_back, "{}: {text} changes nothing", preset.name);
                assert!(!places.is_empty() && refused(&changed).is_none(), "{}: {text}", preset.name);
                count += 1;
            }
        }
    }
    assert!(count > 80, "{count} tasks");
}

/// The numbers in a text.
fn numbers(text: &str) -> Vec<f64> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'));
    words.filter_map(|word| word.trim_end_matches('.').parse().ok()).collect()
}

#[test]
fn a_task_sets_the_number_that_it_names() {
    let mut count = 0;
    for preset in PRESETS {
        let scenario = open_preset(preset.name).unwrap();
        for (text, destination) in texts(&scenario.notes) {
            let Some((_, said)) = text.rsplit_once("to ").filter(|_| destination.starts_with("do:")) else {
                continue;
            };
            let Some(said) = numbers(said).last().copied().filter(|_| !said.contains('/')) else { continue };
            let set = numbers(destination.rsplit('=').next().unwrap());
            assert!(set.contains(&said), "{}: {text}: {destination}", preset.name);
            count += 1;
        }
    }
    assert!(count > 20, "{count} numbers");
}

#[test]
fn every_lesson_has_a_task_and_no_word_drag_alone() {
    for preset in PRESETS {
        let scenario = open_preset(preset.name).unwrap();
        if !scenario.scenes.is_empty() {
            continue;
        }
        let notes = scenario.notes;
        assert!(!notes.contains("*Drag*"), "{}", preset.name);
        let has_task = links(&notes).iter().any(|(_, to)| to.starts_with("do:"));
        assert!(has_task, "{}", preset.name);
    }
}

#[test]
fn what_cannot_be_followed_is_told_with_its_line() {
    let faults = |notes: &str| {
        let scenario = Scenario { notes: notes.to_owned(), ..open_preset("zigzag").unwrap() };
        link_faults(&scenario)
    };
    for (notes, said) in [
        ("[a](do:9.lr=1)", "line 1 of the notes: the link `do:9.lr=1`: `9` is no runner; there are 1 exact"),
        ("a\n\n[a](do:2.lr=-1)", "line 3 of the notes: the link `do:2.lr=-1`: found `-1`; `lr` takes"),
        ("[a](do:2.lr=0.1;kapa=3)", "has no `kapa`"),
        ("[a](do:start=1)", "is written as two numbers"),
        ("[a](do:)", "a setting is written KEY=VALUE"),
        ("[a](lesson:zigzak)", "there is no lesson `zigzak`; did you mean `zigzag`?"),
        ("[a](page:Spektrum)", "there is no page `Spektrum`; there are Spectrum, Model, Step, Map"),
        ("[a](step:x)", "`x` is no number of a step"),
        ("[a](step:61)", "the last step is 60"),
        ("[a](key:)", "a key has a name"),
    ] {
        let found = faults(notes);
        assert!(found.len() == 1 && found[0].contains(said), "{notes}: {found:?}");
    }
    assert_eq!(faults("[a](https://example.org) [b](notes.html)"), Vec::<String>::new());
    // Such a document opens all the same, and is written and read again.
    let text = "(surface: Saddle, runners: [], notes: \"[a](do:1.lr=2)\")";
    assert_eq!(link_faults(&parse(text).unwrap()).len(), 1);
}

#[test]
fn any_field_can_be_assigned() {
    let fresh = || open_preset("warm-restarts").unwrap();
    let place = |runner: Option<usize>, key: &str| ChangedPlace { runner, key: key.to_owned() };
    let set = |line: &str| {
        let mut scenario = fresh();
        assign(&mut scenario, line, &mut NoFiles).map(|places| (scenario, places))
    };
    for (line, key, check) in [
        ("steps=12", "steps", (|of| of.steps == 12) as fn(&Scenario) -> bool),
        ("start=Origin", "start", |of| of.start.point() == [0.0, 0.0]),
        ("title=Another one", "title", |of| of.title == "Another one"),
        ("title=\"Another one\"", "title", |of| of.title == "Another one"),
        ("surface=Booth()", "surface", |of| of.surface.of.name == "Booth"),
        ("stop.patience=4", "stop.patience", |of| of.stop.patience == 4),
        ("cloud.count=7", "cloud.count", |of| of.cloud.is_some_and(|cloud| cloud.count == 7)),
        ("show.page=Map", "show.page", |of| of.show.page.name() == "Map"),
        ("show.focus=2", "show.focus", |of| of.show.focus == 2),
        ("gradient.seed=5", "gradient.seed", |of| of.gradient.number("seed") == Some(5.0)),
        ("gradient=Exact", "gradient", |of| of.gradient.of.name == "Exact"),
    ] {
        let (scenario, places) = set(line).expect(line);
        assert!(check(&scenario), "{line}");
        assert_eq!(places, [place(None, key)], "{line}");
    }
    let (scenario, places) = set("one cosine.optimizer=Adam(lr: 0.2)").unwrap();
    assert_eq!(
        (scenario.runners[1].name(), places),
        ("one cosine".into(), vec![place(Some(1), "optimizer")])
    );
    assert_eq!(scenario.runners[1].optimizer.number("lr"), Some(0.2));
    assert!(set("3.hidden=true").unwrap().0.runners[2].hidden);
    let (scenario, places) =
        set("2.gradient.seed=5").unwrap_or_else(|_| set("2.gradient=Noise(sigma:3,seed:5)").unwrap());
    assert_eq!(scenario.runners[1].gradient.as_ref().and_then(|of| of.number("seed")), Some(5.0));
    assert_eq!(places[0].runner, Some(1));
    for (line, said) in [
        ("runners=[]", "`runners` is not changed by a line"),
        ("show.pag=Map", "`pag`"),
        ("stop.patience=-1", "takes"),
        ("4.lr=1", "`4` is no runner"),
    ] {
        let fault = set(line).expect_err(line);
        assert!(fault.contains(said), "{line}: {fault}");
    }
}

#[test]
fn a_label_may_hold_what_separates() {
    let mut scenario =
        parse("(surface: Saddle, runners: [(label: \"α = {lr}\", optimizer: GradientDescent(lr: 0.1))])")
            .unwrap();
    assign(&mut scenario, "α = {lr}.lr=0.2", &mut NoFiles).unwrap();
    assert_eq!(scenario.runners[0].name(), "α = 0.2");
    assign(&mut scenario, "α = 0.2.lr=0.3", &mut NoFiles).unwrap();
    assert_eq!(scenario.runners[0].name(), "α = 0.3");
}

/// A setting behind a runner's number must not mean a field of it.
#[test]
fn no_setting_is_called_as_a_field() {
    use thalweg_core::catalogue::optimizers;
    let fields: Vec<_> = Runner::fields()
        .iter()
        .map(|field| field.key)
        .chain(Scenario::fields().iter().map(|field| field.key))
        .collect();
    for optimizer in optimizers::ALL {
        for param in optimizer.params.iter() {
            assert!(!fields.contains(&param.key.as_ref()), "{}: {}", optimizer.name, param.key);
        }
    }
}

/// A change looks at what it changes: a long text is not read again for each of its links.
#[test]
fn a_change_checks_only_what_it_changes() {
    let mut scenario = open_preset("zigzag").unwrap();
    // Nested deeper than any document may have it: refused, if it were looked at.
    scenario.notes = "> ".repeat(100) + "[a](do:steps=7)";
    assert!(refused(&scenario).is_some());
    let (changed, _) = changed_by(&scenario, &["steps=7".to_owned()]).unwrap();
    assert_eq!(changed.steps, 7);
    for line in ["steps=0", "view.x=(1,1)", "title=\"a\nb\""] {
        assert!(changed_by(&scenario, &[line.to_owned()]).is_err(), "{line}");
    }
}
