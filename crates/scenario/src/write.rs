//! Writes scenarios as documents that read well and read back to the same bits.
//!
//! Everything that determines the race is written out in full, defaults too: a reader sees what
//! there is to change, and the file means the same to a later version with other defaults. What
//! is only for the eye (labels, colours, hidden runners) is written where it is not the default.

use super::{Color, Draw, Runner, Scenario, Start, StartCloud, Stop, VERSION, ViewState};
use crate::atomic_file::Output;
use crate::read::parse_in;
use crate::write_show::Pinned;
use ron::ser::PrettyConfig;
use ron::value::RawValue;
use serde::ser::{Error as _, Serialize, SerializeStruct, SerializeStructVariant, Serializer};
use std::io::{self, Write};
use std::path::Path;
use thalweg_core::data::DataSet;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::objective::view::View;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::value::Value;

/// The document of `scenario`.
///
/// Whatever [`parse`](super::parse) gave reads back to the same scenario, bit for bit. One made
/// otherwise does if it keeps within what a preset allows: finite numbers within their ranges.
pub fn to_ron(scenario: &Scenario) -> String {
    document(scenario, None)
}

fn document(scenario: &Scenario, folder: Option<&Path>) -> String {
    let style = PrettyConfig::new().new_line("\n").escape_strings(false);
    // The one error that can arise is a value that is not of its parameter's kind, which no
    // reader and no slider makes; `save` finds out.
    let mut text = ron::ser::to_string_pretty(&Document(scenario, folder, false), style).unwrap_or_default();
    text.push('\n');
    text
}

/// Writes `scenario` to the file at `path`: wholly, or not at all. A file that is there keeps
/// its permissions, and if anything fails, its content.
///
/// # Errors
/// The file cannot be written; the message names it.
pub fn save(path: impl AsRef<Path>, scenario: &Scenario) -> io::Result<()> {
    let path = path.as_ref();
    // A preset and the data beside it can be moved together.
    let folder = std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned));
    let text = document(scenario, folder.as_deref());
    readable(&text, folder.as_deref()).and_then(|()| replace(path, text.as_bytes())).map_err(|error| {
        io::Error::new(error.kind(), format!("{}: cannot be saved: {error}", path.display()))
    })
}

/// Nothing is overwritten by what could not be opened again.
fn readable(text: &str, folder: Option<&Path>) -> io::Result<()> {
    let reason = match parse_in(text, folder) {
        // Equal as documents: a table is the file's business, which may have changed meanwhile.
        Ok(same) if document(&same, folder) == text => return Ok(()),
        Ok(_) => "it would be opened with other values".to_owned(),
        Err(diagnostics) => {
            diagnostics.first().map(|diagnostic| diagnostic.message.clone()).unwrap_or_default()
        }
    };
    Err(io::Error::new(io::ErrorKind::InvalidData, reason))
}

fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = Output::create(path)?;
    file.write_all(content)?;
    file.finish()
}

/// `value` as one piece of RON on one line.
fn one_line<E: serde::ser::Error>(value: &impl Serialize) -> Result<Box<RawValue>, E> {
    let style = PrettyConfig::new().compact_structs(true).compact_arrays(true);
    let text = ron::ser::to_string_pretty(value, style).map_err(E::custom)?;
    RawValue::from_boxed_ron(text.into()).map_err(E::custom)
}

/// A number in the shortest form that reads back to the same bits.
pub(super) struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = number(self.0).into();
        RawValue::from_boxed_ron(text).map_err(S::Error::custom)?.serialize(serializer)
    }
}

fn number(number: f64) -> String {
    let size = number.abs();
    if size >= 1e6 || (size > 0.0 && size < 1e-4) { format!("{number:e}") } else { format!("{number}") }
}

/// A name that stands without quotes.
pub(super) struct Name<'a>(pub &'a str);

impl Serialize for Name<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_ron(self.0).map_err(S::Error::custom)?.serialize(serializer)
    }
}

pub(super) struct Pair(pub (f64, f64));

impl Serialize for Pair {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self((first, second)) = *self;
        (Number(first), Number(second)).serialize(serializer)
    }
}

/// A scenario, the folder from which the files that it names are named, and whether it is a pinned run's.
pub(super) struct Document<'a>(pub &'a Scenario, pub Option<&'a Path>, pub bool);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Scenario {
            title,
            notes,
            surface,
            start,
            view,
            steps,
            gradient,
            stop,
            cloud,
            runners,
            pinned_runs,
            show,
        } = self.0;
        let Self(_, folder, _) = self;
        let mut document = serializer.serialize_struct("Scenario", 13)?;
        // A pinned run is a part of a document that has its version.
        if !self.2 {
            document.serialize_field("version", &VERSION)?;
        }
        if !title.is_empty() {
            document.serialize_field("title", title)?;
        }
        if !notes.is_empty() {
            document.serialize_field("notes", notes)?;
        }
        document.serialize_field("surface", &one_line(&Call(surface, *folder))?)?;
        match start {
            Start::At(point) => document.serialize_field("start", &Pair((*point).into()))?,
            Start::Origin => document.serialize_field("start", &Name("Origin"))?,
            Start::Random(draw) => document.serialize_field("start", &one_line(&Random(*draw))?)?,
        }
        document.serialize_field("view", &one_line(&Rectangle(*view))?)?;
        document.serialize_field("steps", steps)?;
        document.serialize_field("gradient", &one_line(&Given(gradient))?)?;
        document.serialize_field("stop", &one_line(stop)?)?;
        if let Some(cloud) = cloud {
            document.serialize_field("cloud", &one_line(cloud)?)?;
        }
        let lines: Result<Vec<_>, _> =
            runners.iter().enumerate().map(|(index, runner)| one_line(&Line { index, runner })).collect();
        document.serialize_field("runners", &lines?)?;
        if !pinned_runs.is_empty() {
            let pinned_runs: Vec<_> = pinned_runs.iter().map(|pin| Pinned(pin, *folder)).collect();
            document.serialize_field("ghosts", &pinned_runs)?;
        }
        if *show != ViewState::default() {
            document.serialize_field("show", &one_line(show)?)?;
        }
        document.end()
    }
}

struct Rectangle(View);

impl Serialize for Rectangle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(view) = self;
        let mut sides = serializer.serialize_struct("View", 2)?;
        sides.serialize_field("x", &Pair(view.x))?;
        sides.serialize_field("y", &Pair(view.y))?;
        sides.end()
    }
}

struct Random(Draw);

impl Serialize for Random {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(draw) = self;
        let mut call = serializer.serialize_struct_variant("Start", 0, "Random", 2)?;
        call.serialize_field("seed", &draw.seed)?;
        call.serialize_field("within", &Rectangle(draw.within))?;
        call.end()
    }
}

impl Serialize for StartCloud {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cloud = serializer.serialize_struct("Cloud", 3)?;
        cloud.serialize_field("count", &self.count)?;
        cloud.serialize_field("seed", &self.draw.seed)?;
        cloud.serialize_field("within", &Rectangle(self.draw.within))?;
        cloud.end()
    }
}

impl Serialize for Stop {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut stop = serializer.serialize_struct("Stop", 3)?;
        stop.serialize_field("gradient", &Number(self.gradient))?;
        stop.serialize_field("divergence", &Number(self.divergence))?;
        stop.serialize_field("patience", &self.patience)?;
        stop.end()
    }
}

struct Line<'a> {
    index: usize,
    runner: &'a Runner,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Runner { label, optimizer, schedule, gradient, color, hidden } = self.runner;
        let mut line = serializer.serialize_struct("Runner", 6)?;
        if !label.is_empty() {
            line.serialize_field("label", label)?;
        }
        line.serialize_field("optimizer", &Call(optimizer, None))?;
        // A rate that stays is what a runner without a schedule has, in every version.
        if !schedule.of.is_constant() {
            line.serialize_field("schedule", &Call(schedule, None))?;
        }
        if let Some(gradient) = gradient {
            line.serialize_field("gradient", &Given(gradient))?;
        }
        if *color != Color::of_runner(self.index) {
            line.serialize_field("color", &Name(color.name()))?;
        }
        if *hidden {
            line.serialize_field("hidden", hidden)?;
        }
        line.end()
    }
}

/// A source of gradients; the exact one has no settings and no parentheses.
struct Given<'a>(&'a Chosen<GradientMode>);

impl Serialize for Given<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.values.is_empty() {
            Name(self.0.of.name()).serialize(serializer)
        } else {
            Call(self.0, None).serialize(serializer)
        }
    }
}

/// `Name(key: value, ...)`, written from the table that describes it.
struct Call<'a, D: Described>(&'a Chosen<D>, Option<&'a Path>);

impl<D: Described> Serialize for Call<'_, D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(chosen, folder) = self;
        let text = call(chosen, *folder).into();
        RawValue::from_boxed_ron(text).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// An entry of a table with its settings as a preset has them, `Name(key: value, ...)`. Files within
/// `folder` are named from there.
pub fn call<D: Described>(chosen: &Chosen<D>, folder: Option<&Path>) -> String {
    let mut fields = Vec::new();
    for (param, value) in chosen.settings() {
        fields.push(format!("{}: {}", param.key, written(param, value, folder)));
        if let Value::Formula(typed) = value {
            fields.extend(typed.constants().map(|(name, value)| format!("{name}: {}", number(value))));
        }
    }
    format!("{}({})", chosen.of.name(), fields.join(", "))
}

/// One value. An index that no alternative has becomes what cannot be read.
pub fn written(param: &Param, value: &Value, folder: Option<&Path>) -> String {
    match (param.kind, value) {
        (_, Value::Number(value)) => number(*value),
        (_, Value::Switch(on)) => on.to_string(),
        (Kind::Choice { alternatives }, Value::Choice(index)) => {
            alternatives.get(*index).map_or_else(String::new, |alternative| alternative.name.to_owned())
        }
        (_, Value::Choice(_)) => String::new(),
        (_, Value::Steps(steps)) => format!("[{steps}]"),
        (_, Value::Formula(typed)) => quoted(typed.text()),
        (_, Value::Data(table)) if DataSet::find(&table.name).is_some() => table.name.clone(),
        (_, Value::Data(table)) => {
            let path = Path::new(&table.name);
            let within = folder.and_then(|folder| path.strip_prefix(folder).ok());
            quoted(&within.unwrap_or(path).display().to_string())
        }
    }
}

/// A text in quotes; the one error that there could be is one of formatting.
fn quoted(text: &str) -> String {
    ron::to_string(text).unwrap_or_default()
}
