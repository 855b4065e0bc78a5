//! The flags of a link: one table that reader, writer and the page about the format walk.

use super::link_options::{HiddenParts, LinkOptions, LinkTheme, WindowPart};
use crate::document::limits::MAX_STEPS;
use crate::text::unknown::shortened;
use thalweg_core::math::within::Within;

/// A flag: `&key`, or `&key=value`.
#[derive(Debug)]
pub struct LinkFlag {
    /// What stands before `=`.
    pub key: &'static str,
    /// The values, as they are written; empty for a flag that has none.
    pub values: &'static str,
    /// What it takes, in words.
    pub takes: &'static str,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// Takes a value. False if it is none of this flag.
    read: fn(&mut LinkOptions, &str) -> bool,
    /// The value, empty for a flag that has none; none where the flag is not there.
    write: fn(&LinkOptions) -> Option<String>,
}

/// The fewest and the most pixels to a point.
const DENSITIES: (f64, f64) = (0.5, 4.0);

/// The flags, in the order in which they are written.
pub static FLAGS: [LinkFlag; 8] = [
    LinkFlag {
        key: "embed",
        values: "",
        takes: "no value",
        doc: "the window of a slide or a page: the plane and a slim bar, and with `hide` all that this leaves",
        read: |options, value| switch(value).map(|on| options.embed = on).is_some(),
        write: |options| on(options.embed),
    },
    LinkFlag {
        key: "play",
        values: "",
        takes: "no value",
        doc: "plays at once",
        read: |options, value| switch(value).map(|on| options.play = on).is_some(),
        write: |options| on(options.play),
    },
    LinkFlag {
        key: "step",
        values: "N",
        takes: "a whole number from 0 to 1000000",
        doc: "the step at which all runners stand first",
        read: |options, value| {
            let step = whole(value).filter(|step| *step <= MAX_STEPS);
            step.map(|step| options.step = Some(step)).is_some()
        },
        write: |options| options.step.map(|step| step.to_string()),
    },
    LinkFlag {
        key: "scene",
        values: "N",
        takes: "a whole number from 1",
        doc: "the scene of the story that is open first",
        read: |options, value| {
            let scene = whole(value).filter(|scene| *scene > 0);
            scene.map(|scene| options.scene = Some(scene)).is_some()
        },
        write: |options| options.scene.map(|scene| scene.to_string()),
    },
    LinkFlag {
        key: "theme",
        values: "light|dark",
        takes: "`light` or `dark`",
        doc: "light or dark, whatever the reader's system prefers",
        read: |options, value| {
            let theme = LinkTheme::ALL.into_iter().find(|theme| theme.name() == value);
            theme.map(|theme| options.theme = Some(theme)).is_some()
        },
        write: |options| options.theme.map(|theme| theme.name().to_owned()),
    },
    LinkFlag {
        key: "hide",
        values: "cards,side,charts,bar",
        takes: "some of `cards`, `side`, `charts`, `bar`, with commas between them",
        doc: "the parts of the window that are not shown: the surface and the runners, the lesson and the pages, the \
              charts, the bar",
        read: read_hidden,
        write: |options| {
            let names =
                |hidden: HiddenParts| hidden.parts().map(WindowPart::name).collect::<Vec<_>>().join(",");
            options.hide.map(names)
        },
    },
    LinkFlag {
        key: "density",
        values: "F",
        takes: "a number from 0.5 to 4",
        doc: "how many pixels a point has at least, in the browser: a slide that is scaled up stays sharp",
        read: |options, value| {
            let density = value.parse::<f64>().ok().filter(|density| density.is_finite());
            let density = density.filter(|density| density.within(DENSITIES.0, DENSITIES.1) == *density);
            density.map(|density| options.density = Some(density)).is_some()
        },
        write: |options| options.density.map(|density| density.to_string()),
    },
    LinkFlag {
        key: "poster",
        values: "",
        takes: "no value",
        doc: "in the browser, a picture until it is clicked: the program is loaded only then",
        read: |options, value| switch(value).map(|on| options.poster = on).is_some(),
        write: |options| on(options.poster),
    },
];

/// Reads the flag `key=value` into `options`. What is wrong with it, in words: it is passed over then, and one that
/// is not known is kept as it is.
pub fn read_flag(options: &mut LinkOptions, key: &str, value: &str) -> Option<String> {
    let Some(flag) = FLAGS.iter().find(|flag| flag.key == key) else {
        let flag = if value.is_empty() { key.to_owned() } else { format!("{key}={value}") };
        options.keep(&flag);
        let known: Vec<_> = FLAGS.iter().map(|flag| flag.key).collect();
        let (found, known) = (shortened(&flag), known.join(", "));
        return Some(format!("this version does not know `&{found}` and passes over it (known: {known})"));
    };
    (!(flag.read)(options, value))
        .then(|| format!("`&{key}={}` is passed over: `{key}` takes {}", shortened(value), flag.takes))
}

/// The flags, each with `&` before it.
pub fn written_flags(options: &LinkOptions) -> String {
    let known = FLAGS.iter().filter_map(|flag| {
        let value = (flag.write)(options)?;
        let separator = if flag.values.is_empty() { "" } else { "=" };
        Some(format!("&{}{separator}{value}", flag.key))
    });
    known.chain(options.others.iter().map(|other| format!("&{other}"))).collect()
}

/// Whether a flag without a value is on: where it is there at all, unless it says otherwise.
fn switch(value: &str) -> Option<bool> {
    match value {
        "" | "1" | "true" | "on" | "yes" => Some(true),
        "0" | "false" | "off" | "no" => Some(false),
        _ => None,
    }
}

fn on(is_on: bool) -> Option<String> {
    is_on.then(String::new)
}

/// A whole number in digits alone.
fn whole(value: &str) -> Option<u32> {
    value.bytes().all(|byte| byte.is_ascii_digit()).then(|| value.parse().ok())?
}

/// Takes the parts that are known, and says whether all were.
fn read_hidden(options: &mut LinkOptions, value: &str) -> bool {
    let mut hidden = options.hide.unwrap_or_default();
    let mut is_known = true;
    for name in value.split(',').filter(|name| !name.is_empty()) {
        match WindowPart::ALL.into_iter().find(|part| part.name() == name) {
            Some(part) => hidden = hidden.and(part),
            None => is_known = false,
        }
    }
    options.hide = Some(hidden);
    is_known
}
