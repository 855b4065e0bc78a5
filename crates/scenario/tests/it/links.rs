//! Documents in links: what is written is read, what is damaged is told, and no link does harm.

use base64::engine::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};
use std::sync::Arc;
use std::time::Instant;
use thalweg_core::data::rows::Table;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{
    HiddenParts, Link, LinkFault, LinkOptions, LinkTheme, MAX_LINK, PRESETS, PinnedRun, Scenario, WindowPart,
    at_address, embed_code, is_link, lesson_of, link_of, parse, slide_code, to_compact_ron, to_ron,
};

const PLAIN: LinkOptions = LinkOptions {
    embed: false,
    play: false,
    step: None,
    scene: None,
    theme: None,
    hide: None,
    density: None,
    poster: false,
    others: Vec::new(),
};

/// A document that makes a link of its own: no lesson.
fn valley() -> Scenario {
    parse("(title: \"Valley\", surface: Quadratic(kappa: 30), runners: [(optimizer: Adam(lr: 0.05))])")
        .unwrap()
}

fn link(scenario: &Scenario) -> String {
    link_of(scenario, &PLAIN).unwrap()
}

fn read(link: &str) -> Result<Scenario, LinkFault> {
    Link::read(link).document.map(|document| document.scenario)
}

fn told(link: &str) -> String {
    read(link).unwrap_err().to_string()
}

/// The link of a text, whatever it is, made as `docs/format.md` says it.
fn pack(text: &[u8]) -> String {
    let deflated = miniz_oxide::deflate::compress_to_vec(text, 9);
    format!("#s=1.{}", URL_SAFE_NO_PAD.encode(deflated))
}

fn on_table(name: &str, rows: usize) -> Scenario {
    let mut scenario = parse(
        "(title: \"Mine\", surface: LinearRegression(), runners: [(optimizer: GradientDescent(lr: 0.01))])",
    )
    .unwrap();
    let rows = (0..rows).map(|row| [row as f64 * 0.37, -(row as f64) / 3.0, libm::sin(row as f64)]).collect();
    let table = Table {
        name: name.to_owned(),
        columns: ["a \"b\"", "c, d", "t"].map(str::to_owned),
        rows,
        ..Table::default()
    };
    for value in &mut scenario.surface.values {
        if matches!(value, Value::Data(_)) {
            *value = Value::Data(Arc::new(table.clone()));
        }
    }
    scenario
}

fn table_of(scenario: &Scenario) -> &Table {
    let mut tables = scenario.surface.values.iter();
    tables.find_map(|value| if let Value::Data(table) = value { Some(&**table) } else { None }).unwrap()
}

#[test]
fn lessons_go_by_their_names_and_what_is_changed_goes_whole() {
    for preset in PRESETS {
        let lesson = parse(preset.text).unwrap();
        assert_eq!(lesson_of(&lesson).map(|lesson| lesson.name), Some(preset.name));
        let by_name = link(&lesson);
        assert_eq!(by_name, format!("#lesson={}", preset.name));
        let document = Link::read(&by_name).document.unwrap();
        assert_eq!((document.lesson, &document.scenario), (Some(preset.name), &lesson));
        let changed = Scenario { steps: lesson.steps + 1, ..lesson };
        assert!(lesson_of(&changed).is_none());
        let whole = link(&changed);
        // A story has the words of all its scenes.
        let most = if changed.scenes.is_empty() { 1600 } else { 3000 };
        assert!(whole.starts_with("#s=1.") && whole.len() < most, "{}: {}", preset.name, whole.len());
        assert_eq!(read(&whole), Ok(changed));
    }
}

/// What is written today is read by every later version, and is the same on every machine.
#[test]
fn the_bits_of_a_link_are_fixed() {
    let scenario = valley();
    assert_eq!(
        to_compact_ron(&scenario),
        "(version:1,title:\"Valley\",surface:Quadratic(lambda_min:1,kappa:30,angle:0),start:(-2.5,1),view:(x:(-3,3),y:(-2,2)),steps:300,gradient:Exact,stop:(gradient:0,divergence:1e12,patience:0),runners:[(optimizer:Adam(lr:0.05,beta1:0.9,beta2:0.999,eps:1e-8,weight_decay:0,bias_correction:true,amsgrad:false,form:PyTorch))])"
    );
    assert_eq!(
        link(&scenario),
        "#s=1.PZBPa8MwDMW_S082qCV_KCy67bD7BmOXMYLiKKlZYhvZaZt9-tk99PYkvcf7IXVlidY7rCHZtDAevmhZeD9A3GQiw_ix0SiUrFELrcNI_WqL-5dCIGwrIDfnWKUhJpKE6ticzlBruFq-obrnRQuthr1coNHFxyHmZAWz0GjZJXy7k0n54AOq57KC0Wa6mV2mqLluIGSMx5TbZHMuo-O38iHZ1f6x4OtIq1oEq1N1hoET1Vl2D9UU1XVQqms-vsCN7XxJ_ciG9lw1WIq98SJsUnlHko2B1lhocKIlMkxeVnzfP72Yi9Y_-h8"
    );
    // As it was before Adam could be another library's.
    let before = "#s=1.PZCxbsMwDET_JZMEMIHlIEDNrUM_oEuXojBoiXGFyrIg0Uncr6-UoduRvMM9UN04F79GNCBeAuPhg0Lg_QBly1eyjO8buUzirQq0TI7GxTf3D6VEeO6A4lxjnYYilAXVsT9dwGi4eb6jetTFGc4a9naBXjcfp1KTHcyZnOco-PYgK_WwJlT_yw6cr3Qzx0ph2PSQKsZzqm15i7Gi46dak_jF_3LGV0eLChm7U3eBiYVMlcNT9U0NA7Rqw8cXuLOfv2V0bGmvVZOnMto1Z7bS3iF5Y6ClNBq8Uiis9Zf-Aw";
    assert_eq!(read(before), Ok(scenario));
    // As Python makes it, and as deflate stores a text that it does not compress.
    let text = "(surface: Rosenbrock, runners: [(optimizer: Adam(lr: 0.05))])";
    assert_eq!(
        read("#s=1.0yguLUpLTE61UgjKL07NSyrKT87WUSgqzctLLSq2UojWyC8oyczNrEotslJwTEnM1cgBMgz0DEw1NWM1AQ"),
        Ok(parse(text).unwrap())
    );
    let mut stored = vec![1, text.len() as u8, 0, !(text.len() as u8), 255];
    stored.extend(text.bytes());
    assert_eq!(read(&format!("#s=1.{}", URL_SAFE.encode(stored))), Ok(parse(text).unwrap()));
}

#[test]
fn data_travel_in_the_link_without_their_folders() {
    for (name, within) in [
        ("/home/ada/secret/houses.csv", "houses.csv"),
        ("C:\\Users\\Ada\\houses.csv", "houses.csv"),
        ("houses.csv", "houses.csv"),
        ("/data/Line", "table Line"),
    ] {
        let mut scenario = on_table(name, 60);
        scenario.pinned_runs.push(PinnedRun::pin("before".to_owned(), &scenario));
        let text = to_compact_ron(&scenario);
        assert!(!text.contains("ada") && !text.contains("Ada"), "{text}");
        let opened = read(&link(&scenario)).unwrap();
        for (opened, scenario) in [(&opened, &scenario), (&*opened.pinned_runs[0].of, &scenario)] {
            let (there, here) = (table_of(opened), table_of(scenario));
            assert_eq!((&*there.name, &there.rows, &there.columns), (within, &here.rows, &here.columns));
        }
        // Opened from a link, the rows stand in the document, in a file too.
        assert_eq!(parse(&to_ron(&opened)).unwrap(), opened);
        assert_eq!(link(&opened), link(&scenario));
    }
}

#[test]
fn tables_in_documents_are_checked() {
    let with = |table: &str| format!("(surface: LogisticRegression(data: {table}), runners: [])");
    let right = with("Table(name: \"a.csv\", csv: \"size;rooms;dear\n50;2;0\n80;3;1\n\")");
    let scenario = parse(&right).unwrap();
    assert_eq!(table_of(&scenario).rows, [[50.0, 2.0, 0.0], [80.0, 3.0, 1.0]]);
    for (table, says) in [
        ("Table", "`Table` is written `Table(name: \"points.csv\", csv: \"...\")`"),
        ("Table(1)", "`Table` is written"),
        ("Table(csv: \"1,2,0\n3,4,1\")", "`Table` is written"),
        ("Table(name: 7, csv: \"1,2,0\n3,4,1\")", "found `7`; `Table` takes its name and its rows in quotes"),
        ("Table(name: \"a\", csv: [1])", "found `[1]`; `Table` takes its name and its rows in quotes"),
        ("Table(name: \"a\", rows: \"1\", csv: \"1,2,0\n3,4,1\")", "unknown field of `Table`, `rows`"),
        ("Table(name: \"/etc/passwd\", csv: \"1,2,0\n3,4,1\")", "takes a name without folders"),
        ("Table(name: \"..\\\\a.csv\", csv: \"1,2,0\n3,4,1\")", "takes a name without folders"),
        ("Table(name: \"\", csv: \"1,2,0\n3,4,1\")", "takes a name, without blanks around it"),
        ("Table(name: \"Blobs\", csv: \"1,2,0\n3,4,1\")", "cannot be `Blobs`, which is a built-in set"),
        ("Table(name: \"a.csv\", csv: \"1,2,0\n3,four,1\")", "a.csv:2:3: found `four`"),
        ("Table(name: \"a.csv\", csv: \"1,2,0\n3,4,5\")", "found the target 5 in row 2 of `a.csv`"),
    ] {
        let told = parse(&with(table)).unwrap_err();
        assert!(told[0].message.contains(says), "{table}: {}", told[0]);
    }
}

#[test]
fn every_fault_is_told_in_words() {
    let whole = link(&valley());
    let damaged = |at: usize, letter: char| {
        let mut letters: Vec<_> = whole.chars().collect();
        letters[at] = letter;
        letters.into_iter().collect::<String>()
    };
    for (link, says) in [
        ("", "the link names no document"),
        ("#", "the link names no document"),
        ("https://example.org/thalweg/", "the link names no document"),
        ("#embed&play", "the link names no document"),
        ("#section-2", "this is no link of Thalweg: behind `#` it has `section-2`"),
        ("https://example.org/a.html#top", "this is no link of Thalweg"),
        ("#lesson=zigzga", "the lesson `zigzga`, which this program does not have; did you mean `zigzag`?"),
        ("#lesson=../../etc/passwd", "which this program does not have"),
        ("#lesson=zigzag&lesson=saddle", "names two documents"),
        (
            "#s=2.abc",
            "the link is of version 2, and this program reads version 1: open it with a newer Thalweg",
        ),
        ("#s=99999999999999.abc", "the link is of version 99999999999999"),
        ("#s=0.abc", "behind `s=` the link has `0.abc`"),
        ("#s=abc", "behind `s=` the link has `abc`; it takes the version and the document, `1.`"),
        ("#s=-1.abc", "behind `s=` the link has `-1.abc`"),
        ("#s=1.", "behind `s=` the link has `1`"),
        ("#s=1.A", "the link ends too early"),
        (&damaged(40, '+'), "character 36 behind `s=1.` is `+`, and only A-Z, a-z, 0-9, - and _ are allowed"),
        (&damaged(40, 'é'), "character 36 behind `s=1.` is `é`"),
        (&whole[..whole.len() / 2], "the link ends too early: a part of it is missing"),
        (&pack(b"(surface: Saddle, runners: [(optimizer: Adam(lr: -1))])"), "1:50: found `-1`; `lr` takes"),
        (&pack(b"hello"), "the document in the link has mistakes, or was changed on its way:\n1:1: "),
        (&pack(b"\xff\xfe"), "the link is damaged"),
        ("#s=1.____", "the link is damaged"),
        (
            &pack(b"(surface: LinearRegression(data: \"/etc/passwd\"), runners: [])"),
            "/etc/passwd: this file is not in the link, and a link reads no files",
        ),
    ] {
        let told = told(link);
        assert!(told.contains(says), "{link}: {told}");
    }
}

#[test]
fn what_mail_and_chat_programs_do_to_a_link_does_no_harm() {
    let scenario = valley();
    let options = LinkOptions { embed: true, step: Some(7), ..PLAIN };
    let plain = link_of(&scenario, &options).unwrap();
    let broken: String = plain
        .chars()
        .enumerate()
        .map(|(at, c)| if at % 60 == 59 { format!("{c}\r\n") } else { c.into() })
        .collect();
    for link in [
        plain.clone(),
        plain[1..].to_owned(),
        format!("https://example.org/thalweg/?utm_source=mail{plain}"),
        format!("file:///home/ada/thalweg.html{plain}"),
        format!("  {plain}\n"),
        format!("{plain}."),
        format!("<https://example.org/{plain}>),"),
        plain.replace('&', "&amp;"),
        plain.replace('&', "%26").replace('=', "%3D"),
        plain.replace("&embed&step=7", "=&embed&step=7"),
        plain.replace("&embed", "&&embed=true&"),
        broken,
    ] {
        let read = Link::read(&link);
        assert_eq!(read.document.map(|document| document.scenario), Ok(scenario.clone()), "{link}");
        assert_eq!((read.options, read.remarks), (options.clone(), Vec::new()), "{link}");
    }
}

#[test]
fn flags_that_are_not_known_are_kept_and_told() {
    let read =
        Link::read("#lesson=zigzag&warp=9&embed&theme=pink&step=-1&hide=cards,roof&scene=0&density=9&<b>=1");
    assert_eq!(read.document.unwrap().lesson, Some("zigzag"));
    assert!(read.options.embed);
    assert_eq!(read.options.theme, None);
    assert_eq!(read.options.hide, Some(HiddenParts::default().and(WindowPart::Cards)));
    assert_eq!((read.options.step, read.options.scene, read.options.density), (None, None, None));
    assert_eq!(read.options.others, ["warp=9"]);
    for (remark, says) in read.remarks.iter().zip([
        "this version does not know `&warp=9` and passes over it (known: embed, play, step",
        "`&theme=pink` is passed over: `theme` takes `light` or `dark`",
        "`&step=-1` is passed over: `step` takes a whole number from 0 to 1000000",
        "`&hide=cards,roof` is passed over: `hide` takes some of `cards`, `side`, `charts`, `bar`",
        "`&scene=0` is passed over",
        "`&density=9` is passed over: `density` takes a number from 0.5 to 4",
        "this version does not know `&<b>=1`",
    ]) {
        assert!(remark.contains(says), "{remark}");
    }
    assert_eq!(read.remarks.len(), 7);
}

#[test]
fn embedded_windows_show_the_plane_and_what_hide_leaves() {
    let shown = |flags: &str| {
        let options = Link::read(&format!("#lesson=zigzag{flags}")).options;
        WindowPart::ALL.map(|part| options.shows(part))
    };
    // Cards, side, charts, bar.
    assert_eq!(shown(""), [true; 4]);
    assert_eq!(shown("&hide=cards,charts"), [false, true, false, true]);
    assert_eq!(shown("&embed"), [false, false, false, true]);
    assert_eq!(shown("&embed&hide=cards,side"), [false, false, true, true]);
    assert_eq!(shown("&embed&hide=cards,side,charts,bar"), [false; 4]);
}

#[test]
fn a_document_that_is_too_long_is_told_what_makes_it_long() {
    let scenario = on_table("/home/ada/houses.csv", 4000);
    let told = link_of(&scenario, &PLAIN).unwrap_err();
    assert!(told.length > MAX_LINK);
    let words = told.to_string();
    assert!(words.contains("and at most 20000 are allowed; the rows of houses.csv take "), "{words}");
    assert!(words.ends_with("Save it as a file instead, and give that away"), "{words}");
    // Letters without an order do not get shorter.
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &[3; 32]);
    let letters = (0..40_000).map(|_| char::from(b'a' + (random.next_u64() % 26) as u8)).collect();
    let told = link_of(&Scenario { notes: letters, ..valley() }, &PLAIN).unwrap_err().to_string();
    assert!(told.contains("; the notes take "), "{told}");
    // A link as long as is allowed opens.
    let mut longest = (1..4000).rev().map(|rows| on_table("houses.csv", rows)).step_by(50);
    let link = longest.find_map(|scenario| link_of(&scenario, &PLAIN).ok()).unwrap();
    assert!((19_000..=MAX_LINK).contains(&link.len()), "{}", link.len());
    assert!(read(&link).is_ok());
}

/// A text that unpacks to a thousand times as much, nesting without end, and what takes long to read.
#[test]
fn hostile_links_are_refused_at_once() {
    let begin = Instant::now();
    let bomb = pack(&vec![b' '; 14_000_000]);
    assert!(bomb.len() < MAX_LINK, "{}", bomb.len());
    assert_eq!(read(&bomb), Err(LinkFault::TooLarge));
    let deep = pack(&[b"(surface:".to_vec(), vec![b'['; 500_000], b"".to_vec()].concat());
    assert!(matches!(read(&deep), Err(LinkFault::Refused(_))));
    let wide =
        pack(&[b"(surface: Saddle, runners: [".to_vec(), b"(),".repeat(340_000), b"])".to_vec()].concat());
    assert!(matches!(read(&wide), Err(LinkFault::Refused(_))));
    let long = format!("#s=1.{}", "A".repeat(5_000_000));
    assert!(matches!(read(&long), Err(LinkFault::TooLong { .. })));
    let flags = format!("#lesson=zigzag{}", "&a=1".repeat(100_000));
    assert_eq!(Link::read(&flags).options.others.len(), 8);
    let limit = if cfg!(debug_assertions) { 20.0 } else { 4.0 };
    let seconds = begin.elapsed().as_secs_f64();
    assert!(seconds < limit, "{seconds} s");
}

/// Every beginning of a link, and links with letters changed, left out and doubled: each opens a document that is
/// right, or is told why not.
#[test]
fn damaged_links_open_what_is_right_or_nothing() {
    let whole = link(&Scenario { steps: 77, ..parse(PRESETS[3].text).unwrap() });
    for end in 0..whole.len() {
        assert!(read(&whole[..end]).is_err(), "{end}");
    }
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut below = move |limit: usize| (random.next_u64() % limit as u64) as usize;
    let letters = b"ABCXYZabcxyz0189-_.=&#%+";
    let (mut opened, rounds) = (0, 4000);
    for _ in 0..rounds {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..=below(2) {
            let at = 5 + below(bytes.len() - 5);
            match below(3) {
                0 => bytes[at] = letters[below(letters.len())],
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, letters[below(letters.len())]),
            }
        }
        let damaged = String::from_utf8(bytes).unwrap();
        match read(&damaged) {
            Ok(scenario) => {
                opened += 1;
                assert_eq!(thalweg_scenario::refused(&scenario), None);
            }
            Err(fault) => assert!(!fault.to_string().is_empty()),
        }
    }
    assert!(opened < rounds / 10, "{opened} of {rounds} opened");
}

#[test]
fn links_are_told_from_files_and_names() {
    for link in [
        "#",
        "#s=1.abc",
        " #lesson=zigzag",
        "https://a.org/#x",
        "http://localhost:8000",
        "file:///a.html#s=1.",
    ] {
        assert!(is_link(link), "{link}");
    }
    for other in ["", "zigzag", "a#b.ron", "C:/a.ron", "./#a.ron", "://", "-", "s=1.abc", "a b://c"] {
        assert!(!is_link(other), "{other}");
    }
}

#[test]
fn pages_and_slides_get_their_code() {
    let address = at_address("https://a.org/t/?x=1#old", "#lesson=zigzag&embed&theme=dark");
    assert_eq!(address, "https://a.org/t/?x=1#lesson=zigzag&embed&theme=dark");
    let page = embed_code(&address, "\"Up\" & <down>");
    assert!(page.starts_with("<iframe src=\"https://a.org/t/?x=1#lesson=zigzag&amp;embed&amp;theme=dark\""));
    assert!(page.contains("title=\"&quot;Up&quot; &amp; &lt;down&gt;\""), "{page}");
    let slide = slide_code(&address);
    assert!(
        slide.contains(
            "data-background-iframe=\"https://a.org/t/?x=1#lesson=zigzag&amp;embed&amp;theme=dark\""
        )
    );
    // Copied back from the source of a page, it is the same link.
    let source = page.split('"').nth(1).unwrap();
    assert_eq!(Link::read(source), Link::read(&address));
}

fn options() -> impl Strategy<Value = LinkOptions> {
    let theme = prop_oneof![Just(None), Just(Some(LinkTheme::Light)), Just(Some(LinkTheme::Dark))];
    let hide = proptest::option::of(proptest::collection::vec(0..WindowPart::ALL.len(), 0..4));
    let numbers = (proptest::option::of(0..=1_000_000_u32), proptest::option::of(1..9_u32));
    let density = proptest::option::of(0.5..=4.0);
    (
        any::<[bool; 3]>(),
        numbers,
        theme,
        hide,
        density,
        proptest::collection::vec("[b-d]{1,9}=[0-9.,_-]{0,3}7", 0..4),
    )
        .prop_map(|([embed, play, poster], (step, scene), theme, hide, density, others)| {
            let parts = |parts: Vec<usize>| {
                parts
                    .into_iter()
                    .fold(HiddenParts::default(), |hidden, part| hidden.and(WindowPart::ALL[part]))
            };
            LinkOptions { embed, play, step, scene, theme, hide: hide.map(parts), density, poster, others }
        })
}

proptest! {
    #[test]
    fn flags_read_back(options in options()) {
        for scenario in [valley(), parse(PRESETS[0].text).unwrap()] {
            let link = link_of(&scenario, &options).unwrap();
            let read = Link::read(&link);
            prop_assert_eq!(&read.options, &options, "{}", link);
            prop_assert_eq!(read.document.map(|document| document.scenario), Ok(scenario));
            prop_assert_eq!(read.remarks.len(), options.others.len());
        }
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>(), pieces in proptest::collection::vec(
        prop_oneof![Just("#"), Just("s="), Just("1."), Just("lesson="), Just("zigzag"), Just("&"), Just("%"), Just("%2"),
            Just("%00"), Just("="), Just("step="), Just("hide="), Just("é"), Just("\u{200b}"), Just("AAAA"), Just(",")],
        0..30))
    {
        for text in [text, pieces.concat()] {
            let link = Link::read(&text);
            if let Err(fault) = &link.document {
                prop_assert!(!fault.to_string().is_empty());
            }
            prop_assert!(link.options.others.len() <= 8);
        }
    }

    /// What is written without blanks is the document that is written with them.
    #[test]
    fn notes_of_every_kind_come_back(notes in "[a-z \n\t\r\"#\\\\é😀]{0,80}") {
        let scenario = Scenario { notes, ..valley() };
        prop_assert_eq!(parse(&to_compact_ron(&scenario)), Ok(scenario.clone()));
        prop_assert_eq!(read(&link(&scenario)), Ok(scenario));
    }
}
