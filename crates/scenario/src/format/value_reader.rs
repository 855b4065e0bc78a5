//! Reads single values of a document: numbers, texts, and what the tables describe. Whatever is
//! wrong is reported at its place, and reading goes on.

use super::text_rule::TextRule;
use crate::file_source::FileSource;
use crate::text::diagnostic::Report;
use crate::text::syntax::{KeyValue, SyntaxNode};
use crate::text::unknown::{shortened, unknown, unknown_entry, unknown_key};
use std::sync::Arc;
use thalweg_core::catalogue::schedules::{self, formula, sequence};
use thalweg_core::catalogue::{optimizers, typed_rule, typed_schedule};
use thalweg_core::formula::parse_error::ParseError;
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::formula::parsed_rate::ParsedRate;
use thalweg_core::formula::parsed_rule::ParsedRule;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::method::schedule_sequence::{
    MILESTONES, PARTS, SEQUENCE_NAME, sequence as sequence_of, sequence_fault,
};
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::{Described, find};
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::range::Range;
use thalweg_core::spec::steps::Steps;
use thalweg_core::spec::value::Value;

/// Reads the values of one document. What returns `None` has reported why.
pub struct ValueReader<'r> {
    /// What is wrong so far.
    pub report: Report<'r>,
    /// The files that the document names.
    pub files: &'r mut dyn FileSource,
    /// Whether runners and pinned runs that are refused are left out, and the rest is read.
    pub is_lenient: bool,
}

impl ValueReader<'_> {
    /// Reports that `node` is not what `what` takes.
    pub fn wrong<T>(&mut self, node: &SyntaxNode<'_>, what: &str, allowed: &str) -> Option<T> {
        let found = shortened(node.text);
        self.report.add(&node.span, format!("found `{found}`; {what} {allowed}"));
        None
    }

    /// The values of `(key: value, ...)` in the order of `keys`. Reports fields that are unknown
    /// and those that come twice. `what` has them; `form` is how it is written.
    pub fn fields<'n, 'a>(
        &mut self,
        node: &'n SyntaxNode<'a>,
        what: &str,
        form: &str,
        keys: &[&str],
    ) -> Option<Vec<Option<&'n SyntaxNode<'a>>>> {
        match node.fields() {
            Some(fields) => Some(self.sorted(fields, what, keys)),
            None => self.wrong(node, what, &format!("is written {form}")),
        }
    }

    fn sorted<'n, 'a>(
        &mut self,
        fields: &'n [KeyValue<'a>],
        what: &str,
        keys: &[&str],
    ) -> Vec<Option<&'n SyntaxNode<'a>>> {
        let mut values = vec![None; keys.len()];
        for field in fields {
            match keys.iter().position(|key| *key == field.key) {
                None => {
                    self.report.add(&field.span, unknown_key(what, field.key, keys));
                }
                Some(index) if values[index].is_some() => {
                    let message = format!("`{}` is given twice; {what} takes it once", field.key);
                    self.report.add(&field.span, message);
                }
                Some(index) => values[index] = Some(&field.value),
            }
        }
        values
    }

    /// A number within `range`.
    pub fn number(&mut self, node: &SyntaxNode<'_>, what: &str, range: Range) -> Option<f64> {
        match node.number() {
            Some(number) if range.contains(number) => Some(number),
            // `inf` says so itself; 1e999 does not.
            Some(number) if number.is_infinite() && node.text.contains(|c: char| c.is_ascii_digit()) => self
                .wrong(node, what, &format!("takes {range}, and this is beyond the largest, about 1.8e308")),
            _ if has_decimal_comma(node.text) => {
                self.wrong(node, what, &format!("takes {range}, and a decimal point is written `.`"))
            }
            _ => self.wrong(node, what, &format!("takes {range}")),
        }
    }

    /// A whole number from `min` to `max`.
    pub fn whole(&mut self, node: &SyntaxNode<'_>, what: &str, min: u32, max: u32) -> Option<u32> {
        self.number(node, what, Range::whole(min, max)).map(|number| number as u32)
    }

    /// A list of steps, each later than the one before.
    pub fn steps(&mut self, node: &SyntaxNode<'_>, what: &str) -> Option<Steps> {
        let takes = format!("takes {}", Steps::allowed());
        let Some(elements) = node.list() else {
            return self.wrong(node, what, &format!("{takes}, as in `[30, 60]`"));
        };
        if let Some(first_too_many) = elements.get(Steps::ROOM) {
            let message = format!("found {} numbers; {what} {takes}", elements.len());
            self.report.add(&first_too_many.span, message);
            return None;
        }
        // The first that does not fit is reported: what follows is judged by what is before.
        elements.iter().try_fold(Steps::NONE, |steps, node| {
            let number = node.number().filter(|number| Range::STEPS.contains(*number));
            match number.and_then(|number| steps.then(number as u32)) {
                Some(steps) => Some(steps),
                None => self.wrong(node, what, &takes),
            }
        })
    }

    /// Two finite numbers.
    pub fn pair(&mut self, node: &SyntaxNode<'_>, what: &str) -> Option<(f64, f64)> {
        match node.pair() {
            Some([first, second]) => {
                // Both are looked at, so that both are reported.
                let first = self.number(first, what, Range::ANY);
                let second = self.number(second, what, Range::ANY);
                first.zip(second)
            }
            None if node.elements().is_some_and(|elements| elements.len() > 2) => {
                self.wrong(node, what, "is written as two numbers, `(-2.5, 1)`, with decimal points")
            }
            None => self.wrong(node, what, "is written as two numbers, `(-2.5, 1)`"),
        }
    }

    /// A text that keeps to `rule`.
    pub fn text(&mut self, node: &SyntaxNode<'_>, what: &str, rule: TextRule) -> Option<String> {
        let Some(text) = node.string() else { return self.wrong(node, what, "takes a text in quotes") };
        match rule.fault(&text) {
            None => Some(text),
            Some(fault) => self.wrong(node, what, &fault),
        }
    }

    /// `true` or `false`.
    pub fn switch(&mut self, node: &SyntaxNode<'_>, what: &str) -> Option<bool> {
        node.switch().or_else(|| self.wrong(node, what, "takes true or false"))
    }

    /// One of `names`, as its index, with or without empty parentheses.
    pub fn name(&mut self, node: &SyntaxNode<'_>, what: &str, names: &[&str]) -> Option<usize> {
        let position = |name: &str| names.iter().position(|known| *known == name);
        // Not every alternative is a word to RON: a variant may be called `1`.
        if let Some(index) = position(node.text) {
            return Some(index);
        }
        let Some((name, arguments)) = node.call() else {
            return self.wrong(node, what, &format!("takes one of {}", names.join(", ")));
        };
        let Some(index) = position(name) else {
            self.report.add(&node.span, unknown(what, name, names));
            return None;
        };
        match arguments {
            Some(arguments) if arguments.fields().is_none_or(|fields| !fields.is_empty()) => {
                self.wrong(arguments, &format!("`{name}`"), "has no settings")
            }
            _ => Some(index),
        }
    }

    /// `Name(key: value, ...)` of this table, with the defaults for what is left out.
    pub fn chosen<D: Described>(&mut self, node: &SyntaxNode<'_>, table: &[&'static D]) -> Option<Chosen<D>> {
        let what = D::WHAT;
        let Some((name, arguments)) = node.call() else {
            let allowed = "is written `Name(key: value, ...)`, without quotes";
            return self.wrong(node, &format!("the {what}"), allowed);
        };
        let Some(of) = find(table, name) else {
            let names: Vec<_> = table.iter().map(|entry| entry.name()).collect();
            self.report.add(&node.span, unknown_entry(what, name, &names));
            return None;
        };
        let mut chosen = Chosen::with_defaults(of);
        let Some(arguments) = arguments else {
            let needed = of.params().iter().find(|param| matches!(param.kind, Kind::Path | Kind::Grid));
            let Some(param) = needed else { return Some(chosen) };
            let message = format!("`{name}` needs `{}`: {}", param.key, param.allowed());
            self.report.add(&node.span, message);
            return None;
        };
        let mut keys: Vec<_> = of.params().iter().map(|param| param.key.as_ref()).collect();
        let mut constants: Vec<String> = Vec::new();
        let Some(fields) = arguments.fields() else {
            let example = keys.first().map_or_else(String::new, |key| format!("{key}: ..."));
            return self.wrong(arguments, &format!("`{name}`"), &format!("is written `{name}({example})`"));
        };
        // The constants that a typed function names are keys too, so it is read before the others.
        let typed = of.params().iter().zip(&mut chosen.values).find_map(|(param, place)| match place {
            Value::Formula(typed) => Some((param.key.as_ref(), typed)),
            _ => None,
        });
        if let Some((key, typed)) = typed {
            if let Some(field) = fields.iter().find(|field| field.key == key) {
                // A text with a mistake names no constants that could be checked.
                *typed =
                    self.formula(&field.value, key, |name| fields.iter().any(|field| field.key == name))?;
            }
            constants.extend(typed.constants().map(|(name, _)| name.to_owned()));
            for field in fields.iter().filter(|field| constants.iter().any(|name| name == field.key)) {
                if let Some(value) = self.number(&field.value, &format!("`{}`", field.key), Range::ANY) {
                    let _ = typed.set(field.key, value);
                }
            }
        }
        keys.extend(constants.iter().map(String::as_str));
        self.settings(&mut chosen, fields, &keys);
        // What comes from a file has no default.
        let is_file = |param: &Param| matches!(param.kind, Kind::Path | Kind::Grid);
        let missing = chosen.settings().find(|(param, value)| is_file(param) && !param.accepts(value));
        if let Some((param, _)) = missing {
            if !fields.iter().any(|field| field.key == param.key) {
                let message = format!("`{name}` needs `{}`: {}", param.key, param.allowed());
                self.report.add(&node.span, message);
            }
            return None;
        }
        Some(chosen)
    }

    /// A schedule of the table, or several one after another: `Sequence(milestones: [20], parts: [...])`.
    pub fn schedule(&mut self, node: &SyntaxNode<'_>) -> Option<Chosen<Schedule>> {
        const FORM: &str =
            "`Sequence(milestones: [20], parts: [LinearWarmup(steps: 20), Cosine(total: 280)])`";
        if node.list().is_some() {
            return self.wrong(
                node,
                "the schedule",
                &format!("is one, and several in sequence are written {FORM}"),
            );
        }
        let Some((SEQUENCE_NAME, arguments)) = node.call() else {
            return self.one_schedule(node);
        };
        let Some(arguments) = arguments else { return self.chosen(node, schedules::ALL) };
        let Some(fields) = arguments.fields() else {
            return self.wrong(arguments, "`Sequence`", &format!("is written {FORM}"));
        };
        let given = self.sorted(fields, "`Sequence`", &[MILESTONES, PARTS]);
        let [milestones, parts] = given.as_slice() else { return None };
        let default = Chosen::with_defaults(&sequence::SEQUENCE);
        let at = match milestones {
            Some(node) => self.steps(node, "`milestones`")?,
            None => default.milestones(),
        };
        let parts = match parts {
            None => default.parts(),
            Some(node) => {
                let Some(elements) = node.list() else {
                    return self.wrong(
                        node,
                        "`parts`",
                        "takes the schedules in their order, as in `[LinearWarmup(), Cosine()]`",
                    );
                };
                // All are read, so that every fault is reported.
                let read: Vec<_> = elements.iter().map(|element| self.one_schedule(element)).collect();
                read.into_iter().collect::<Option<Vec<_>>>()?
            }
        };
        if let Some(fault) = sequence_fault(&parts, at) {
            self.report.add(&node.span, fault);
            return None;
        }
        Some(sequence_of(&parts, at))
    }

    /// A schedule of the table that is no sequence, or one made of a formula that is typed:
    /// `Formula(rate: "lr*gamma^t", gamma: 0.9)`.
    fn one_schedule(&mut self, node: &SyntaxNode<'_>) -> Option<Chosen<Schedule>> {
        let named = node.call().filter(|(name, _)| *name == formula::FORMULA.name);
        let fields = named.and_then(|(_, arguments)| arguments).and_then(SyntaxNode::fields);
        let rate = fields.and_then(|fields| fields.iter().find(|field| field.key == formula::RATE));
        let Some((fields, rate)) = fields.zip(rate) else { return self.chosen(node, schedules::ALL) };
        let rate = self.rate(&rate.value, |key| fields.iter().any(|field| field.key == key))?;
        let mut chosen = typed_schedule::chosen(&Arc::new(rate));
        let of = chosen.of.clone();
        let keys: Vec<&str> = of.params.iter().map(|param| param.key.as_ref()).collect();
        self.settings(&mut chosen, fields, &keys);
        Some(chosen)
    }

    /// A typed learning rate, whose settings are meant if they are given a value. A mistake is reported at its character.
    fn rate(&mut self, node: &SyntaxNode<'_>, is_meant: impl Fn(&str) -> bool) -> Option<ParsedRate> {
        let Some(typed) = node.string() else {
            let allowed = format!("takes a formula of the step t in quotes, as \"{}\"", ParsedRate::DEFAULT);
            return self.wrong(node, "`rate`", &allowed);
        };
        let read = ParsedRate::read_without_slips(&typed, is_meant);
        read.map_err(|mistake| self.mistake(node, &typed, mistake)).ok()
    }

    /// The settings of what was chosen, but for what is typed.
    fn settings<D: Described>(&mut self, chosen: &mut Chosen<D>, fields: &[KeyValue<'_>], keys: &[&str]) {
        let given = self.sorted(fields, &format!("`{}`", chosen.of.name()), keys);
        for ((param, place), node) in chosen.of.params().iter().zip(&mut chosen.values).zip(given) {
            if let Some(node) = node
                && !matches!(param.kind, Kind::Formula { .. } | Kind::Rule | Kind::Rate)
                && let Some(value) = self.setting(param, node)
            {
                *place = value;
            }
        }
    }

    /// An optimizer of the table, or one made of a rule that is typed: `Rule(step: "...", lr: 0.1)`.
    pub fn optimizer(&mut self, node: &SyntaxNode<'_>) -> Option<Chosen<Optimizer>> {
        let Some((typed_rule::NAME, arguments)) = node.call() else {
            return self.chosen(node, &[optimizers::ALL, optimizers::OF_FILES].concat());
        };
        let form = format!("is written `Rule(step: \"{}\", lr: 0.1, beta: 0.9)`", ParsedRule::DEFAULT);
        let fields = arguments.and_then(SyntaxNode::fields);
        let step = fields.and_then(|fields| fields.iter().find(|field| field.key == typed_rule::STEP));
        let Some((fields, step)) = fields.zip(step) else { return self.wrong(node, "`Rule`", &form) };
        let rule = self.rule(&step.value, |key| fields.iter().any(|field| field.key == key))?;
        let mut chosen = typed_rule::chosen(&Arc::new(rule));
        let of = chosen.of.clone();
        let keys: Vec<&str> = of.params().iter().map(|param| param.key.as_ref()).collect();
        self.settings(&mut chosen, fields, &keys);
        Some(chosen)
    }

    /// A typed rule, whose settings are meant if they are given a value. A mistake is reported at its character.
    fn rule(&mut self, node: &SyntaxNode<'_>, is_meant: impl Fn(&str) -> bool) -> Option<ParsedRule> {
        let Some(typed) = node.string() else {
            let allowed = format!("takes an update rule in quotes, as \"{}\"", ParsedRule::DEFAULT);
            return self.wrong(node, "`step`", &allowed);
        };
        let read = ParsedRule::read_without_slips(&typed, is_meant);
        read.map_err(|mistake| self.mistake(node, &typed, mistake)).ok()
    }

    /// The value of a setting that a parameter describes.
    pub fn setting(&mut self, param: &Param, node: &SyntaxNode<'_>) -> Option<Value> {
        let what = format!("`{}`", param.key);
        match param.kind {
            Kind::Number { range, .. } => self.number(node, &what, range).map(Value::Number),
            Kind::Switch { .. } => self.switch(node, &what).map(Value::Switch),
            Kind::Choice { alternatives } => {
                let names: Vec<_> = alternatives.iter().map(|alternative| alternative.name).collect();
                self.name(node, &param.key, &names).map(Value::Choice)
            }
            Kind::Steps { .. } => self.steps(node, &what).map(Value::Steps),
            Kind::Formula { .. } => self.formula(node, &param.key, |_| false).map(Value::Formula),
            Kind::Rule => self.rule(node, |_| true).map(|rule| Value::Rule(Arc::new(rule))),
            Kind::Rate => self.rate(node, |_| true).map(|rate| Value::Rate(Arc::new(rate))),
            Kind::Data { classes, .. } => self.data(node, param, classes).map(Value::Data),
            Kind::Path => self.path(node, param).map(Value::Path),
            Kind::Grid => self.grid(node, param).map(Value::Grid),
        }
    }

    /// A typed function, whose constants are meant if they are given a value. A mistake is reported at its character.
    fn formula(
        &mut self,
        node: &SyntaxNode<'_>,
        key: &str,
        is_meant: impl Fn(&str) -> bool,
    ) -> Option<ParsedFormula> {
        let what = format!("`{key}`");
        let Some(typed) = node.string() else {
            return self.wrong(node, &what, "takes a function of x and y in quotes, as \"x^2 + a*y^2\"");
        };
        let read = ParsedFormula::read_without_slips(&typed, is_meant);
        read.map_err(|mistake| self.mistake(node, &typed, mistake)).ok()
    }

    /// Reports a mistake in a typed text at its character.
    fn mistake(&mut self, node: &SyntaxNode<'_>, typed: &str, mistake: ParseError) {
        // Within quotes without escapes the characters stand as they are.
        let quote = node.text.find('"').map_or(node.text.len(), |quote| quote + 1);
        let inner = node.text.get(quote..).unwrap_or_default();
        if inner.starts_with(typed) {
            let place = inner.char_indices().nth(mistake.at).map_or(inner.len(), |(offset, _)| offset);
            let at = node.span.start + quote + place;
            self.report.add(&(at..at), mistake.message);
        } else {
            self.report.add(&node.span, mistake.to_string());
        }
    }
}

/// Whether a text is a number with a decimal comma.
fn has_decimal_comma(text: &str) -> bool {
    text.matches(',').count() == 1 && text.replace(',', ".").trim_matches(['"', '\'']).parse::<f64>().is_ok()
}
