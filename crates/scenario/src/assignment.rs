//! One field or setting of a scenario, changed by a line as `lr=0.2`: of the command line, of a link in the notes.

use crate::document::runner::{Runner, modifier_key};
use crate::document::scenario::Scenario;
use crate::document::start::StartCloud;
use crate::file_source::FileSource;
use crate::format::field::FieldKind;
use crate::format::record::{Record, refused_change};
use crate::format::value_reader::ValueReader;
use crate::format::value_writer::quoted;
use crate::text::diagnostic::{Diagnostic, Report};
use crate::text::library_names;
use crate::text::syntax::{self, NodeShape, SyntaxNode};
use crate::text::unknown::{hint, shortened, unknown_key};
use std::borrow::Cow;
use std::sync::Arc;
use thalweg_core::catalogue::schedules::formula::RATE;
use thalweg_core::catalogue::{typed_rule, typed_schedule};
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::formula::parsed_rate::ParsedRate;
use thalweg_core::formula::parsed_rule::ParsedRule;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::range::Range;
use thalweg_core::spec::value::Value;

/// How a line that changes a setting is written.
pub const ASSIGNMENT_FORM: &str = "KEY=VALUE, as lr=0.2 (all runners), 2.lr=0.2 (the second), 2.schedule.total=100, surface.kappa=50 or steps=60";

/// Of so many methods a message tells what settings they have.
const MOST_REFUSALS: usize = 4;

/// The fields of a scenario that are lists of more than a line should change, and that of the format itself.
const NOT_ASSIGNED: [&str; 4] = ["version", "runners", "ghosts", "scenes"];

/// Where in a document a value was changed: what shows it can point there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChangedPlace {
    /// The index of the runner; none for what is no runner's.
    pub runner: Option<usize>,
    /// The key from there: `lr`, `schedule.total`, `surface.kappa`, `start`.
    pub key: String,
}

/// Changes the field or the setting that `line` names: `KEY=VALUE`, where KEY is
///
/// - that of an optimizer (of all runners that have it), or `schedule.` or `gradient.` and that of one of these, or
///   `with.`, the number or the name of a modifier, a point and its key, or a field of a runner; one of them behind the number or the label of a runner and a point;
/// - `surface.` and that of the surface;
/// - a field of the scenario, or `stop.`, `cloud.` or `show.` and a field of these.
///
/// VALUE is written as in a document; quotes may be left out. Files come from `files`. Gives the places that have the
/// value now.
///
/// # Errors
/// There is no such setting, or it does not take the value: what is allowed.
pub fn assign(
    scenario: &mut Scenario,
    line: &str,
    files: &mut dyn FileSource,
) -> Result<Vec<ChangedPlace>, String> {
    let form = || format!("found `{}`; a setting is written {ASSIGNMENT_FORM}", shortened(line));
    let (labelled, rest) = labelled(&scenario.runners, line);
    let (key, value) = rest.split_once('=').ok_or_else(form)?;
    let (whose, key) = match labelled {
        Some(index) => (Some(index), key.trim()),
        None => numbered(&scenario.runners, key.trim())?,
    };
    let value = value.trim();
    let mut changed = scenario.clone();
    let assigned = Assigned { key, value, files };
    let places = match whose {
        None if is_of_scenario(key, &changed) => assigned.set_in_scenario(&mut changed)?,
        whose => assigned.set_in_runners(&mut changed, whose)?,
    };
    if let Some(reason) = refused_change(scenario, &changed) {
        return Err(reason);
    }
    *scenario = changed;
    Ok(places)
}

/// The runner whose label or name a line begins with, and what follows behind the point. A label may hold anything.
fn labelled<'l>(runners: &[Runner], line: &'l str) -> (Option<usize>, &'l str) {
    let rest = |name: &str| line.trim_start().strip_prefix(name)?.strip_prefix('.');
    let found = runners.iter().enumerate().filter_map(|(index, runner)| {
        // As it is written, and as it is read.
        let label = Some(runner.label.as_str()).filter(|label| !label.is_empty());
        // As it is called in files, with what acts on it behind it.
        let written = || {
            let modifiers = runner.optimizer.modifiers();
            let method = runner.optimizer.method();
            let names = std::iter::once(&*method.of.name).chain(modifiers.iter().map(|one| one.of.name));
            rest(&names.collect::<Vec<_>>().join(" + ")).filter(|_| label.is_none())
        };
        Some((Some(index), label.and_then(rest).or_else(|| rest(&runner.name())).or_else(written)?))
    });
    // Of two labels the longer, should one begin with the other.
    found.min_by_key(|(_, rest)| rest.len()).unwrap_or((None, line))
}

/// The runner whose number a key begins with, and what follows; none for all of them.
fn numbered<'k>(runners: &[Runner], key: &'k str) -> Result<(Option<usize>, &'k str), String> {
    const PARTS: [&str; 7] = ["schedule", "gradient", "with", "surface", "stop", "cloud", "show"];
    match key.split_once('.') {
        None => Ok((None, key)),
        Some((part, _)) if PARTS.contains(&part) => Ok((None, key)),
        Some((number, rest)) => match number.parse::<usize>() {
            Ok(number) if (1..=runners.len()).contains(&number) => Ok((Some(number - 1), rest)),
            _ => {
                let known = runners
                    .iter()
                    .enumerate()
                    .map(|(index, runner)| format!("{} {}", index + 1, runner.name()));
                let known = known.collect::<Vec<_>>().join(", ");
                Err(format!("`{}` is no runner; there are {known}, and `surface`", shortened(number)))
            }
        },
    }
}

/// Whether a key in front of which no runner is named is the scenario's.
fn is_of_scenario(key: &str, scenario: &Scenario) -> bool {
    let shared = scenario.runners.iter().all(|runner| runner.gradient.is_none());
    match key.split_once('.') {
        Some(("gradient", _)) => shared && !scenario.gradient.values.is_empty(),
        Some((part, _)) => part != "schedule" && part != "with",
        None => Scenario::field(key).is_some(),
    }
}

/// A key and the value that it is given.
struct Assigned<'a> {
    key: &'a str,
    value: &'a str,
    files: &'a mut dyn FileSource,
}

impl Assigned<'_> {
    /// Gives a field of the scenario, or of a part of it, the value.
    fn set_in_scenario(mut self, scenario: &mut Scenario) -> Result<Vec<ChangedPlace>, String> {
        let place = ChangedPlace { runner: None, key: self.key.to_owned() };
        if let Some((part, key)) = self.key.split_once('.') {
            self.key = key;
            match part {
                "surface" => self.set_in(&mut scenario.surface)?.map_or(Ok(()), Err)?,
                "gradient" => self.set_in(&mut scenario.gradient)?.map_or(Ok(()), Err)?,
                "stop" => self.set_field(&mut scenario.stop)?,
                "show" => self.set_field(&mut scenario.show)?,
                _ => {
                    let mut cloud = scenario.cloud.unwrap_or(StartCloud::within(scenario.view));
                    self.set_field(&mut cloud)?;
                    scenario.cloud = Some(cloud);
                }
            }
        } else if NOT_ASSIGNED.contains(&self.key) {
            return Err(format!("`{}` is not changed by a line; its parts are: {ASSIGNMENT_FORM}", self.key));
        } else {
            self.set_field(scenario)?;
        }
        Ok(vec![place])
    }

    /// Gives all runners that have such a field or setting the value, or the one that is meant.
    fn set_in_runners(
        mut self,
        scenario: &mut Scenario,
        whose: Option<usize>,
    ) -> Result<Vec<ChangedPlace>, String> {
        let shared = scenario.gradient.clone();
        let (mut refusals, mut places) = (Vec::new(), Vec::new());
        let is_meant = |index: usize| whose.is_none_or(|whose| whose == index);
        for (index, runner) in scenario.runners.iter_mut().enumerate().filter(|(index, _)| is_meant(*index)) {
            match self.set_in_runner(runner, &shared)? {
                None => places.push(ChangedPlace { runner: Some(index), key: self.key.to_owned() }),
                Some(refusal) if refusals.contains(&refusal) => (),
                Some(refusal) => refusals.push(refusal),
            }
        }
        if places.is_empty() {
            refusals.truncate(MOST_REFUSALS);
            let none = || format!("`{}` is of no runner: the preset has none", shortened(self.key));
            return Err(if refusals.is_empty() { none() } else { refusals.join("; ") });
        }
        Ok(places)
    }

    /// Gives a field of a struct the value.
    fn set_field<R: Record>(&mut self, record: &mut R) -> Result<(), String> {
        let Some(field) = R::field(self.key) else {
            let keys: Vec<_> = R::fields().iter().map(|field| field.key).collect();
            return Err(unknown_key(R::WHAT, self.key, &keys));
        };
        let is_text = matches!(field.kind, FieldKind::Text { .. }) && !self.value.starts_with('"');
        let value = if is_text { Cow::Owned(quoted(self.value)) } else { Cow::Borrowed(self.value) };
        Assigned { key: self.key, value: &value, files: self.files }
            .read(|reader, node| field.read(reader, node, record).then_some(()))
    }

    /// Gives a runner's optimizer, schedule or source of gradients the value; what is allowed, if it has no such key.
    fn set_in_runner(
        &mut self,
        runner: &mut Runner,
        shared: &Chosen<GradientMode>,
    ) -> Result<Option<String>, String> {
        if Runner::field(self.key).is_some() {
            return self.set_field(runner).map(|()| None);
        }
        if let Some(key) = self.key.strip_prefix("schedule.") {
            let mut schedule = runner.schedule.clone();
            let is_typed = |param: &Param| param.key == key && param.kind == Kind::Rate;
            if let Some(part) = key.strip_suffix(RATE).filter(|_| schedule.of.params.iter().any(is_typed)) {
                runner.schedule = retyped(&schedule, part.strip_suffix('.'), self.value)?;
                return Ok(None);
            }
            let set = Assigned { key, value: self.value, files: self.files }.set_in(&mut schedule)?;
            if let Some(fault) = schedule.sequence_fault() {
                return Err(fault);
            }
            runner.schedule = schedule;
            return Ok(set);
        }
        if let Some(key) = self.key.strip_prefix("gradient.") {
            let gradient = runner.gradient.get_or_insert_with(|| shared.clone());
            return Assigned { key, value: self.value, files: self.files }.set_in(gradient);
        }
        if self.key == typed_rule::STEP && runner.optimizer.rule().is_some() {
            let quoted = self.value.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            let keys: Vec<_> = runner.optimizer.of.params().iter().map(|param| param.key.clone()).collect();
            let is_meant = |key: &str| keys.iter().any(|known| known == key);
            let rule = ParsedRule::read_without_slips(quoted.unwrap_or(self.value), is_meant);
            let rule = rule.map_err(|mistake| mistake.to_string())?;
            let (method, modifiers) = (runner.optimizer.method(), runner.optimizer.modifiers());
            runner.optimizer = typed_rule::with_settings_of(&Arc::new(rule), &method).under(&modifiers);
            return Ok(None);
        }
        let key = modifier_key(&runner.optimizer, self.key).into_owned();
        let set =
            Assigned { key: &key, value: self.value, files: self.files }.set_in(&mut runner.optimizer)?;
        // What its description says hangs on the values.
        runner.optimizer = runner.optimizer.refreshed();
        Ok(set)
    }

    /// Gives one of these settings the value; what is allowed, if there is no such key.
    fn set_in<D: Described>(&mut self, chosen: &mut Chosen<D>) -> Result<Option<String>, String> {
        let Some(param) = chosen.of.params().iter().find(|param| param.key == self.key).cloned() else {
            let constants: Vec<String> = chosen
                .typed()
                .map(|typed| typed.constants().map(|(name, _)| name.to_owned()).collect())
                .unwrap_or_default();
            if constants.iter().any(|name| name == self.key) {
                let what = format!("`{}`", self.key);
                let number = self.read(|reader, node| reader.number(node, &what, Range::ANY))?;
                chosen.set_constant(self.key, number);
                return Ok(None);
            }
            let keys = chosen.of.params().iter().map(|param| param.key.as_ref());
            let keys: Vec<_> = keys.chain(constants.iter().map(String::as_str)).collect();
            let name = chosen.of.name();
            return Ok(Some(if keys.is_empty() {
                format!("{name} has no settings")
            } else {
                let near = match library_names::for_key(self.key, &keys) {
                    Some(ours) => format!("; {ours}"),
                    None => hint(self.key, keys.iter().copied()),
                };
                format!("{name} has no `{}`{near} (it has {})", shortened(self.key), keys.join(", "))
            }));
        };
        let value = self.value_of(&param, chosen.typed())?;
        let _ = chosen.set(self.key, value);
        Ok(None)
    }

    /// The value of a parameter, where `before` is the typed function so far.
    fn value_of(&mut self, param: &Param, before: Option<&ParsedFormula>) -> Result<Value, String> {
        if let Kind::Formula { .. } = param.kind {
            let quoted = self.value.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            // A constant of the function so far has a value, and is meant.
            let is_meant =
                |name: &str| before.is_some_and(|typed| typed.constants().any(|(known, _)| known == name));
            let read = ParsedFormula::read_without_slips(quoted.unwrap_or(self.value), is_meant);
            let read = read.map_err(|mistake| mistake.to_string())?;
            return Ok(Value::Formula(
                before.map_or_else(|| read.clone(), |before| read.clone().with_values_of(before)),
            ));
        }
        let is_file = matches!(param.kind, Kind::Data { .. } | Kind::Path | Kind::Grid)
            && self.value.contains(['.', '/', '\\']);
        let value = if is_file && !self.value.starts_with('"') {
            Cow::Owned(format!("{:?}", self.value))
        } else {
            Cow::Borrowed(self.value)
        };
        Assigned { key: self.key, value: &value, files: self.files }
            .read(|reader, node| reader.setting(param, node))
    }

    fn read<T>(
        &mut self,
        read: impl FnOnce(&mut ValueReader<'_>, &SyntaxNode<'_>) -> Option<T>,
    ) -> Result<T, String> {
        let told = |diagnostic: &Diagnostic| diagnostic.message.clone();
        // What is no value at all, the reader refuses as a value of the wrong kind.
        let whole = || SyntaxNode { text: self.value, span: 0..self.value.len(), shape: NodeShape::Scalar };
        let node = syntax::root(self.value).unwrap_or_else(|_| whole());
        let mut reader =
            ValueReader { report: Report::new(self.value), files: self.files, is_lenient: false };
        let value = read(&mut reader, &node);
        reader.report.conclude(value).map_err(|found| found.first().map(told).unwrap_or_default())
    }
}

/// A schedule with another formula, or a sequence with another formula in the part of this number.
fn retyped(schedule: &Chosen<Schedule>, part: Option<&str>, text: &str) -> Result<Chosen<Schedule>, String> {
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let typed = |schedule: &Chosen<Schedule>| {
        let is_meant = |key: &str| schedule.of.params.iter().any(|param| param.key == key);
        let rate = ParsedRate::read_without_slips(text, is_meant).map_err(|mistake| mistake.to_string())?;
        Ok(typed_schedule::with_settings_of(&Arc::new(rate), schedule))
    };
    let Some(part) = part else { return typed(schedule) };
    let index = part.parse::<usize>().unwrap_or(0).saturating_sub(1);
    let parts = schedule.parts();
    let replaced = parts.get(index).map(typed).transpose()?;
    let changed = replaced.and_then(|replaced| schedule.with_part_changed(index, |_| replaced));
    changed.ok_or_else(|| "there is no room for so many settings in the parts together".to_owned())
}
