//! One setting of a scenario, changed by a line as `lr=0.2`.

use crate::document::runner::Runner;
use crate::document::scenario::Scenario;
use crate::file_source::FileSource;
use crate::format::record::refused;
use crate::format::value_reader::ValueReader;
use crate::text::diagnostic::{Diagnostic, Report};
use crate::text::library_names;
use crate::text::syntax::{self, NodeShape, SyntaxNode};
use crate::text::unknown::{hint, shortened};
use std::borrow::Cow;
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::range::Range;
use thalweg_core::spec::value::Value;

/// How a line that changes a setting is written.
pub const ASSIGNMENT_FORM: &str =
    "KEY=VALUE, as lr=0.2 (all runners), 2.lr=0.2 (the second), 2.schedule.total=100 or surface.kappa=50";

/// Of so many methods a message tells what settings they have.
const MOST_REFUSALS: usize = 4;

/// Changes the setting that `line` names: `KEY=VALUE`, where KEY is that of an optimizer (of all runners that have
/// it), `schedule.` or `gradient.` and that of one of these, one of them behind the number or the label of a runner
/// and a point, or `surface.` and that of the surface. VALUE is written as in a document; quotes may be left out.
/// Files come from `files`.
///
/// # Errors
/// There is no such setting, or it does not take the value: what is allowed.
pub fn assign(scenario: &mut Scenario, line: &str, files: &mut dyn FileSource) -> Result<(), String> {
    let Some((key, value)) = line.split_once('=') else {
        return Err(format!("found `{}`; a setting is written {ASSIGNMENT_FORM}", shortened(line)));
    };
    let (key, value) = (key.trim(), value.trim());
    let mut changed = scenario.clone();
    if let Some(key) = key.strip_prefix("surface.") {
        Assigned { key, value, files }.set_in(&mut changed.surface)?.map_or(Ok(()), Err)?;
    } else {
        let (whose, key) = whose(&changed.runners, key)?;
        let shared = changed.gradient.clone();
        let mut refusals = Vec::new();
        let mut is_set = false;
        let is_meant = |index: usize| whose.is_none_or(|whose| whose == index);
        for (_, runner) in changed.runners.iter_mut().enumerate().filter(|(index, _)| is_meant(*index)) {
            match (Assigned { key, value, files: &mut *files }).set_in_runner(runner, &shared)? {
                None => is_set = true,
                Some(refusal) if refusals.contains(&refusal) => (),
                Some(refusal) => refusals.push(refusal),
            }
        }
        if !is_set {
            refusals.truncate(MOST_REFUSALS);
            let none = || format!("`{}` is of no runner: the preset has none", shortened(key));
            return Err(if refusals.is_empty() { none() } else { refusals.join("; ") });
        }
    }
    if let Some(reason) = refused(&changed) {
        return Err(reason);
    }
    *scenario = changed;
    Ok(())
}

/// The runner that a key begins with, by number or label, and what follows; none for all of them.
fn whose<'k>(runners: &[Runner], key: &'k str) -> Result<(Option<usize>, &'k str), String> {
    let labelled = runners.iter().enumerate().filter_map(|(index, runner)| {
        let rest = key.strip_prefix(runner.name())?.strip_prefix('.')?;
        Some((Some(index), rest))
    });
    // Of two labels the longer, should one begin with the other.
    if let Some(found) = labelled.min_by_key(|(_, rest)| rest.len()) {
        return Ok(found);
    }
    match key.split_once('.') {
        None | Some(("schedule" | "gradient", _)) => Ok((None, key)),
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

/// A key and the value that it is given.
struct Assigned<'a> {
    key: &'a str,
    value: &'a str,
    files: &'a mut dyn FileSource,
}

impl Assigned<'_> {
    /// Gives a runner's optimizer, schedule or source of gradients the value; what is allowed, if it has no such key.
    fn set_in_runner(
        &mut self,
        runner: &mut Runner,
        shared: &Chosen<GradientMode>,
    ) -> Result<Option<String>, String> {
        if let Some(key) = self.key.strip_prefix("schedule.") {
            return Assigned { key, value: self.value, files: self.files }.set_in(&mut runner.schedule);
        }
        if let Some(key) = self.key.strip_prefix("gradient.") {
            let gradient = runner.gradient.get_or_insert_with(|| shared.clone());
            return Assigned { key, value: self.value, files: self.files }.set_in(gradient);
        }
        self.set_in(&mut runner.optimizer)
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
        chosen.set(self.key, value);
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
        let is_file = matches!(param.kind, Kind::Data { .. }) && self.value.contains(['.', '/', '\\']);
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
