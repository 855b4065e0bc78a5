//! `thalweg list`: what there is to choose from.

use super::columns::aligned;
use super::entry::CommandWork;
use super::failure::Failure;
use super::json::write_list;
use super::symbols::symbols;
use crate::export::number::exact;
use clap::{Args, ValueEnum};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value as Json, json};
use std::io::Write;
use thalweg_core::catalogue::{modifiers, optimizers, schedules, surfaces};
use thalweg_core::data;
use thalweg_core::formula::parsed_rate::ParsedRate;
use thalweg_core::method::gradient;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param, Scale};
use thalweg_core::spec::value::Value;
use thalweg_scenario::text::unknown::unknown_entry;
use thalweg_scenario::{Notation, PRESETS};

const HELP: &str = "\
With --json: a list with one object for each. A range without bound has null there.

Examples:
  thalweg list presets
  thalweg list optimizers Adam
  thalweg list presets --names
  thalweg list optimizers --json
  thalweg list optimizers Momentum --notation rate=eta,momentum=mu,point=theta

Exit status: 0 done, 1 a failure, 2 bad arguments.";

/// Arguments of `list`.
#[derive(Args, Debug)]
pub struct List {
    /// What to list
    what: What,
    /// Only the one of this name
    name: Option<String>,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// Names and titles alone, a line each
    #[arg(long, conflicts_with = "json")]
    names: bool,
    /// The symbols of learning rate, momentum and point: rate=alpha|eta|epsilon, momentum=beta|alpha|mu,
    /// point=x|theta|w, any of them with commas between
    #[arg(long, value_name = "SYMBOLS", value_parser = symbols, default_value = "", hide_default_value = true)]
    notation: Notation,
}

impl CommandWork for List {
    const NAME: &'static str = "list";
    const ABOUT: &'static str = "List surfaces, optimizers, modifiers, schedules, gradients or presets, with keys, defaults and ranges";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> =
        Some(("list optimizers", "what there is, with keys and ranges"));

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        list(self, out)
    }
}

/// What can be listed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum What {
    /// What the runners move on
    Surfaces,
    /// Who races
    Optimizers,
    /// What acts on any optimizer
    Modifiers,
    /// How a learning rate changes
    Schedules,
    /// Where gradients come from
    Gradients,
    /// The lessons that come with the program
    Presets,
}

impl What {
    fn entries(self, shown: Notation) -> Result<Vec<Listed>, Failure> {
        let formula = |formula| shown.formula(formula, false).into_owned();
        Ok(match self {
            Self::Surfaces => described(&[surfaces::ALL, surfaces::OF_FILES].concat(), |surface| {
                let (x, y) = (surface.view.x, surface.view.y);
                vec![
                    ("formula", surface.formula.into()),
                    ("source", surface.source.into()),
                    ("start", json!(surface.start)),
                    ("view", json!({"x": [x.0, x.1], "y": [y.0, y.1]})),
                ]
            }),
            Self::Optimizers => described(&[optimizers::ALL, optimizers::OF_FILES].concat(), |optimizer| {
                let update = optimizer.update();
                let update: Vec<_> =
                    update.iter().map(|line| shown.formula_of(&optimizer.params, line)).collect();
                let slots = optimizer.slots.iter().map(|slot| json!({"name": slot.name, "doc": slot.doc}));
                vec![
                    ("update", update.join(";  ").into()),
                    ("source", optimizer.source.clone().into()),
                    ("group", optimizer.group.name().into()),
                    ("slots", slots.collect()),
                ]
            }),
            Self::Modifiers => described(modifiers::ALL, |modifier| {
                let slots = modifier.slots.iter().map(|slot| json!({"name": slot.name, "doc": slot.doc}));
                vec![
                    ("formula", formula(modifier.formula).into()),
                    ("source", modifier.source.into()),
                    ("slots", slots.collect()),
                ]
            }),
            Self::Schedules => described(schedules::ALL, |schedule| {
                vec![("formula", formula(schedule.formula).into()), ("source", schedule.source.into())]
            }),
            Self::Gradients => described(gradient::ALL, |source| {
                vec![("formula", formula(source.formula).into()), ("source", source.source.into())]
            }),
            Self::Presets => presets()?,
        })
    }
}

/// One of the things listed.
struct Listed {
    name: &'static str,
    /// The name for people; none for what has it as its summary.
    title: Option<&'static str>,
    summary: String,
    facts: Vec<(&'static str, Json)>,
    /// `None` for what takes no parameters by its nature.
    params: Option<&'static [Param]>,
}

fn described<D: Described>(
    table: &[&'static D],
    facts: impl Fn(&'static D) -> Vec<(&'static str, Json)>,
) -> Vec<Listed> {
    let entry = |described: &&'static D| Listed {
        name: described.name(),
        title: Some(described.title()),
        summary: described.summary().to_owned(),
        facts: facts(described),
        params: Some(described.params()),
    };
    table.iter().map(entry).collect()
}

fn presets() -> Result<Vec<Listed>, Failure> {
    let entry = |preset: &thalweg_scenario::Preset| {
        let scenario = thalweg_scenario::open_preset(preset.name)?;
        let runners = scenario.runners.iter().map(|runner| Json::from(runner.name().into_owned()));
        Ok(Listed {
            name: preset.name,
            title: None,
            summary: scenario.title.clone(),
            facts: vec![
                ("topic", preset.topic.into()),
                ("surface", thalweg_scenario::call(&scenario.surface).into()),
                ("runners", runners.collect()),
                ("steps", scenario.steps.into()),
                ("scenes", scenario.scenes.iter().map(|scene| Json::from(scene.title.clone())).collect()),
            ],
            params: None,
        })
    };
    PRESETS.iter().map(entry).collect()
}

impl Serialize for Listed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.name)?;
        if let Some(title) = self.title {
            map.serialize_entry("title", title)?;
        }
        map.serialize_entry("summary", &self.summary)?;
        for (name, fact) in &self.facts {
            map.serialize_entry(name, fact)?;
        }
        if let Some(params) = self.params {
            map.serialize_entry("params", &params.iter().map(param).collect::<Vec<_>>())?;
        }
        map.end()
    }
}

/// A parameter as JSON.
fn param(param: &Param) -> Json {
    // What is not finite becomes null.
    let mut object = match param.kind {
        Kind::Number { default, range, slider, scale } => json!({
            "kind": "number",
            "default": default,
            "range": {
                "min": range.min, "max": range.max,
                "with_min": range.with_min, "with_max": range.with_max, "whole": range.whole,
            },
            "slider": [slider.0, slider.1],
            "scale": match scale { Scale::Linear => "linear", Scale::Log => "log" },
        }),
        Kind::Switch { default } => json!({ "kind": "switch", "default": default }),
        Kind::Choice { alternatives } => {
            let names = alternatives.iter().map(|one| json!({ "name": one.name, "doc": one.doc }));
            json!({
                "kind": "choice",
                "default": alternatives.first().map(|one| one.name),
                "alternatives": names.collect::<Vec<_>>(),
            })
        }
        Kind::Steps { default } => json!({ "kind": "steps", "default": default.as_slice() }),
        Kind::Rule => json!({ "kind": "rule" }),
        Kind::Rate => json!({ "kind": "rate", "default": ParsedRate::DEFAULT }),
        Kind::Formula { default } => json!({ "kind": "formula", "default": default }),
        Kind::Path => json!({ "kind": "path", "default": "" }),
        Kind::Grid => json!({ "kind": "grid", "default": "" }),
        Kind::Data { default, .. } => {
            let sets = data::ALL.iter().filter(|set| param.accepts(&Value::Data(set.table().into())));
            let sets = sets.map(|set| json!({ "name": set.name, "doc": set.summary }));
            json!({ "kind": "data", "default": default.name, "alternatives": sets.collect::<Vec<_>>() })
        }
    };
    let texts = [
        ("key", param.key.clone().into()),
        ("symbol", param.symbol.clone().into()),
        ("doc", param.doc.clone().into()),
        ("unit", param.unit.clone().into()),
        ("allowed", param.allowed().into()),
    ];
    for (name, text) in texts {
        let text: Json = text;
        object[name] = text;
    }
    object
}

fn list(arguments: &List, out: &mut dyn Write) -> Result<(), Failure> {
    let mut entries = arguments.what.entries(arguments.notation)?;
    if let Some(name) = &arguments.name {
        let names: Vec<_> = entries.iter().map(|entry| entry.name).collect();
        if !names.contains(&name.as_str()) {
            let what = arguments
                .what
                .to_possible_value()
                .map_or_else(String::new, |what| what.get_name().to_owned());
            return Err(Failure::failed(unknown_entry(what.trim_end_matches('s'), name, &names)));
        }
        entries.retain(|entry| entry.name == name);
    }
    if arguments.json {
        write_list(entries, out)?;
        return Ok(());
    }
    if arguments.names {
        let rows = entries.iter().map(|entry| {
            let title = entry.title.unwrap_or(&entry.summary);
            vec![entry.name.to_owned(), if title == entry.name { String::new() } else { title.to_owned() }]
        });
        write!(out, "{}", aligned(&rows.collect::<Vec<_>>(), &[]))?;
        return Ok(());
    }
    for (index, entry) in entries.iter().enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        // One that is the name in small letters tells nothing.
        let is_other = |title: &&str| *title != entry.name && **title != entry.name.to_lowercase();
        let title = entry.title.filter(is_other);
        let title = title.map_or_else(String::new, |title| format!(", {title}"));
        writeln!(out, "{gap}{}{title}: {}", entry.name, arguments.notation.said(&entry.summary))?;
        let facts: Vec<_> =
            entry.facts.iter().map(|(name, fact)| vec![format!("  {name}"), fact_in_words(fact)]).collect();
        write!(out, "{}", aligned(&facts, &[]))?;
        let params = entry.params.unwrap_or_default().iter();
        let params: Vec<_> = params.map(|param| param_in_words(param, arguments.notation)).collect();
        write!(out, "{}", aligned(&params, &[]))?;
    }
    Ok(())
}

/// A parameter as the cells of a row.
fn param_in_words(param: &Param, shown: Notation) -> Vec<String> {
    let default = thalweg_scenario::written(param, &param.default_value());
    let slider = match param.kind {
        Kind::Number { slider: (low, high), .. } => format!("; slider {} to {}", exact(low), exact(high)),
        _ => String::new(),
    };
    vec![
        format!("  {}", param.key),
        shown.symbol(param).into_owned(),
        format!("= {default}{}", param.unit),
        format!("{}; {}{slider}", shown.said(&param.doc), param.allowed()),
    ]
}

fn fact_in_words(fact: &Json) -> String {
    let each =
        |facts: &[Json], separator| facts.iter().map(fact_in_words).collect::<Vec<_>>().join(separator);
    match fact {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.as_f64().map_or_else(|| number.to_string(), exact),
        Json::Array(facts) if facts.is_empty() => "none".to_owned(),
        Json::Array(facts) if facts.iter().all(Json::is_number) => format!("({})", each(facts, ", ")),
        Json::Array(facts) => each(facts, "; "),
        Json::Object(facts) => {
            if let (Some(name), Some(doc)) = (facts.get("name"), facts.get("doc")) {
                return format!("{}, {}", fact_in_words(name), fact_in_words(doc));
            }
            let facts = facts.iter().map(|(name, fact)| format!("{name}: {}", fact_in_words(fact)));
            facts.collect::<Vec<_>>().join(", ")
        }
        Json::Null | Json::Bool(_) => fact.to_string(),
    }
}
