//! Reads single values of a document: numbers, texts, and what the tables describe. Whatever is
//! wrong is reported at its place, and reading goes on.

use super::text_rule::TextRule;
use crate::csv_table::table_or_problems;
use crate::file_source::FileSource;
use crate::table_name::name_fault;
use crate::text::diagnostic::{Diagnostic, Report};
use crate::text::printable::printable;
use crate::text::syntax::{KeyValue, SyntaxNode};
use crate::text::unknown::{shortened, unknown, unknown_entry, unknown_key};
use std::sync::Arc;
use thalweg_core::catalogue::{optimizers, typed_rule};
use thalweg_core::data;
use thalweg_core::data::rows::{TARGET, Table};
use thalweg_core::formula::parse_error::ParseError;
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::formula::parsed_rule::ParsedRule;
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
        let Some(arguments) = arguments else { return Some(chosen) };
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
                    typed.set(field.key, value);
                }
            }
        }
        keys.extend(constants.iter().map(String::as_str));
        self.settings(&mut chosen, fields, &keys);
        Some(chosen)
    }

    /// The settings of what was chosen, but for what is typed.
    fn settings<D: Described>(&mut self, chosen: &mut Chosen<D>, fields: &[KeyValue<'_>], keys: &[&str]) {
        let given = self.sorted(fields, &format!("`{}`", chosen.of.name()), keys);
        for ((param, place), node) in chosen.of.params().iter().zip(&mut chosen.values).zip(given) {
            if let Some(node) = node
                && !matches!(param.kind, Kind::Formula { .. } | Kind::Rule)
                && let Some(value) = self.setting(param, node)
            {
                *place = value;
            }
        }
    }

    /// An optimizer of the table, or one made of a rule that is typed: `Rule(step: "...", lr: 0.1)`.
    pub fn optimizer(&mut self, node: &SyntaxNode<'_>) -> Option<Chosen<Optimizer>> {
        let Some((typed_rule::NAME, arguments)) = node.call() else {
            return self.chosen(node, optimizers::ALL);
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
            Kind::Data { classes, .. } => self.data(node, param, classes).map(Value::Data),
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

    /// A built-in set by its name, a table that stands here, or a file.
    fn data(&mut self, node: &SyntaxNode<'_>, param: &Param, classes: bool) -> Option<Arc<Table>> {
        if let Some((name, None)) = node.call() {
            let Some(set) = data::find(name) else {
                let names: Vec<_> = data::ALL.iter().map(|set| set.name).collect();
                let advice = "; a CSV file is named in quotes";
                self.report.add(&node.span, unknown("data", name, &names) + advice);
                return None;
            };
            return self.fitting(node, set.table(), classes);
        }
        if let Some(set) = node.string().and_then(|name| data::find(&name)) {
            return self.fitting(node, set.table(), classes);
        }
        let takes = || format!("takes {}", param.allowed());
        let source = self.table_source(node, "`data`", takes)?;
        let read = table_or_problems(&source.name, &source.bytes, &source.columns);
        let table =
            read.map_err(|(found, count)| self.refuse_file(node, &source.name, &found, count)).ok()?;
        self.fitting(node, table, classes)
    }

    /// The table, if the model takes it: one of classes takes targets from 0 to 1.
    fn fitting(&mut self, node: &SyntaxNode<'_>, table: Table, classes: bool) -> Option<Arc<Table>> {
        if let Some(row) = table.first_without_class().filter(|_| classes) {
            let target = table.rows[row][TARGET];
            let message = format!(
                "found the target {target} in row {} of `{}`; this model takes targets from 0 to 1",
                row + 1,
                printable(&table.name)
            );
            self.report.add(&node.span, message);
            return None;
        }
        Some(Arc::new(table))
    }

    /// A file by its name in quotes, `"points.csv"`, perhaps with some of its columns, `Table(file: "points.csv",
    /// columns: ["x", "y"])`, or one that stands in the document, `Table(name: "points.csv", csv: "1,2,3\n4,5,6")`.
    /// `what` takes it; `takes` says so.
    fn table_source(
        &mut self,
        node: &SyntaxNode<'_>,
        what: &str,
        takes: impl FnOnce() -> String,
    ) -> Option<TableSource> {
        if let Some(file) = node.string() {
            return self.source_file(node, &file, Vec::new());
        }
        let Some(("Table", arguments)) = node.call() else { return self.wrong(node, what, &takes()) };
        let arguments = arguments.unwrap_or(node);
        let form = "`Table(name: \"points.csv\", csv: \"...\")`, with the rows as in a CSV file, or \
                    `Table(file: \"points.csv\", columns: [\"x\", \"y\"])`";
        let fields = self.fields(arguments, "`Table`", form, &["name", "csv", "file", "columns"])?;
        match fields[..] {
            [Some(name), Some(csv), None, None] => {
                let (Some(text), Some(rows)) = (name.string(), csv.string()) else {
                    let place = if name.string().is_none() { name } else { csv };
                    return self.wrong(place, "`Table`", "takes its name and its rows in quotes");
                };
                if let Some(fault) = name_fault(&text) {
                    return self.wrong(name, "`Table`", &fault);
                }
                Some(TableSource { name: text, bytes: rows.into_bytes(), columns: Vec::new() })
            }
            [None, None, Some(file), columns] => {
                let Some(name) = file.string() else {
                    return self.wrong(file, "`Table`", "takes the name of a file in quotes");
                };
                let columns = columns.map_or(Some(Vec::new()), |columns| self.column_names(columns))?;
                self.source_file(file, &name, columns)
            }
            _ => self.wrong(arguments, "`Table`", &format!("is written {form}")),
        }
    }

    /// The names of a file's columns, `["x", "y"]`.
    fn column_names(&mut self, node: &SyntaxNode<'_>) -> Option<Vec<String>> {
        let names = node.list().map(|names| names.iter().map(SyntaxNode::string).collect::<Option<Vec<_>>>());
        let names = names.flatten().filter(|names| !names.is_empty() && names.len() <= MAX_COLUMNS);
        names.or_else(|| {
            self.wrong(node, "`columns`", "takes the names of columns in quotes, as [\"x\", \"y\"]")
        })
    }

    /// The content of a file.
    fn source_file(
        &mut self,
        node: &SyntaxNode<'_>,
        file: &str,
        columns: Vec<String>,
    ) -> Option<TableSource> {
        let read = self.files.read(file);
        let file = read.map_err(|message| self.report.add(&node.span, message)).ok()?;
        Some(TableSource { name: file.name, bytes: file.bytes, columns })
    }

    /// Reports what is wrong with a file: the first of its diagnostics, and how many there are in all.
    fn refuse_file(&mut self, node: &SyntaxNode<'_>, name: &str, found: &[Diagnostic], count: usize) {
        let more = match count.saturating_sub(1) {
            0 => String::new(),
            1 => " (and 1 more problem)".to_owned(),
            more => format!(" (and {more} more problems)"),
        };
        let first = found.first().map(ToString::to_string).unwrap_or_default();
        self.report.add(&node.span, format!("{}:{first}{more}", printable(name)));
    }
}

/// A file that a document names, or what stands in the document instead.
struct TableSource {
    name: String,
    bytes: Vec<u8>,
    /// The columns that are chosen by name; empty where none are.
    columns: Vec<String>,
}

/// The most columns that can be chosen.
const MAX_COLUMNS: usize = 1000;

/// Whether a text is a number with a decimal comma.
fn has_decimal_comma(text: &str) -> bool {
    text.matches(',').count() == 1 && text.replace(',', ".").trim_matches(['"', '\'']).parse::<f64>().is_ok()
}
