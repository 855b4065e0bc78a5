//! Reads single values of a document: numbers, texts, and what the tables describe. Whatever is
//! wrong is reported at its place, and reading goes on.

use crate::diagnostic::Report;
use crate::names::{shortened, unknown};
use crate::syntax;
use crate::table::load_table;
use std::path::Path;
use std::sync::Arc;
use thalweg_core::data;
use thalweg_core::data::{DataSet, Table};
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::parsed::ParsedFormula;
use thalweg_core::spec::range::Range;
use thalweg_core::spec::steps::Steps;
use thalweg_core::spec::value::Value;

/// Reads slices of one document. What returns `None` has reported why.
pub(super) struct Reader<'a> {
    /// What is wrong so far.
    pub report: Report<'a>,
    /// From where the files that the document names are named.
    pub folder: Option<&'a Path>,
    /// Tables that stand in for files that are not there any more.
    pub kept: &'a [Table],
    /// Why they do, for each that does.
    pub missed: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Reports that `text` is not what `what` takes.
    pub fn wrong<T>(&mut self, text: &'a str, what: &str, allowed: &str) -> Option<T> {
        let found = shortened(text);
        self.report.add(text, format!("found `{found}`; {what} {allowed}"));
        None
    }

    /// The values of `(key: value, ...)` in the order of `keys`. Reports fields that are unknown
    /// and those that come twice. `what` has them; `form` is how it is written.
    pub fn fields<const N: usize>(
        &mut self,
        text: &'a str,
        what: &str,
        form: &str,
        keys: [&str; N],
    ) -> Option<[Option<&'a str>; N]> {
        match syntax::fields(text) {
            Some(fields) => self.sorted(&fields, what, &keys).try_into().ok(),
            None => self.wrong(text, what, &format!("is written {form}")),
        }
    }

    fn sorted(&mut self, fields: &[syntax::Field<'a>], what: &str, keys: &[&str]) -> Vec<Option<&'a str>> {
        let mut values = vec![None; keys.len()];
        for field in fields {
            match keys.iter().position(|key| *key == field.key) {
                None => self.report.add(field.key, unknown(&format!("field of {what},"), field.key, keys)),
                Some(index) if values[index].is_some() => {
                    let message = format!("`{}` is given twice; {what} takes it once", field.key);
                    self.report.add(field.key, message);
                }
                Some(index) => values[index] = Some(field.value),
            }
        }
        values
    }

    /// A number within `range`.
    pub fn number(&mut self, text: &'a str, what: &str, range: Range) -> Option<f64> {
        match syntax::number(text) {
            Some(number) if range.contains(number) => Some(number),
            // `inf` says so itself; 1e999 does not.
            Some(number) if number.is_infinite() && text.contains(|c: char| c.is_ascii_digit()) => self
                .wrong(text, what, &format!("takes {range}, and this is beyond the largest, about 1.8e308")),
            _ => self.wrong(text, what, &format!("takes {range}")),
        }
    }

    /// A whole number from `min` to `max`.
    pub fn whole(&mut self, text: &'a str, what: &str, min: u32, max: u32) -> Option<u32> {
        self.number(text, what, Range::whole(min, max)).map(|number| number as u32)
    }

    /// A list of steps, each later than the one before.
    pub fn steps(&mut self, text: &'a str, what: &str) -> Option<Steps> {
        let takes = format!("takes {}", Steps::allowed());
        let Some(elements) = syntax::list(text) else {
            return self.wrong(text, what, &format!("{takes}, as in `[30, 60]`"));
        };
        if let Some(first_too_many) = elements.get(Steps::ROOM) {
            let message = format!("found {} numbers; {what} {takes}", elements.len());
            self.report.add(first_too_many, message);
            return None;
        }
        // The first that does not fit is reported: what follows is judged by what is before.
        elements.into_iter().try_fold(Steps::NONE, |steps, text| {
            let number = syntax::number(text).filter(|number| Range::STEPS.contains(*number));
            match number.and_then(|number| steps.then(number as u32)) {
                Some(steps) => Some(steps),
                None => self.wrong(text, what, &takes),
            }
        })
    }

    /// Two finite numbers.
    pub fn pair(&mut self, text: &'a str, what: &str) -> Option<(f64, f64)> {
        match syntax::pair(text) {
            Some((first, second)) => {
                // Both are looked at, so that both are reported.
                let first = self.number(first, what, Range::ANY);
                let second = self.number(second, what, Range::ANY);
                first.zip(second)
            }
            None => self.wrong(text, what, "is written as two numbers, `(-2.5, 1)`"),
        }
    }

    /// A text of any length.
    pub fn text(&mut self, text: &'a str, what: &str) -> Option<String> {
        syntax::string(text).or_else(|| self.wrong(text, what, "takes a text in quotes"))
    }

    /// A text of one line and at most `most` characters.
    pub fn line(&mut self, text: &'a str, what: &str, most: usize) -> Option<String> {
        let line = self.text(text, what)?;
        let length = line.chars().count();
        if line.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return self.wrong(text, what, "takes one line of text, without line breaks and tabs");
        }
        if length > most {
            return self.wrong(text, what, &format!("has {length} characters; at most {most} are allowed"));
        }
        Some(line)
    }

    /// `true` or `false`.
    pub fn switch(&mut self, text: &'a str, what: &str) -> Option<bool> {
        syntax::switch(text).or_else(|| self.wrong(text, what, "takes true or false"))
    }

    /// One of `names`, as its index, with or without empty parentheses.
    pub fn name(&mut self, text: &'a str, what: &str, names: &[&str]) -> Option<usize> {
        let position = |name: &str| names.iter().position(|known| *known == name);
        // Not every alternative is a word to RON: a variant may be called `1`.
        if let Some(index) = position(text) {
            return Some(index);
        }
        let Some((name, arguments)) = syntax::call(text) else {
            return self.wrong(text, what, &format!("takes one of {}", names.join(", ")));
        };
        let Some(index) = position(name) else {
            self.report.add(text, unknown(what, name, names));
            return None;
        };
        match syntax::fields(arguments) {
            _ if arguments.is_empty() => Some(index),
            Some(fields) if fields.is_empty() => Some(index),
            _ => self.wrong(arguments, &format!("`{name}`"), "has no settings"),
        }
    }

    /// `Name(key: value, ...)` of a table, with the defaults for what is left out.
    pub fn chosen<D: Described>(&mut self, text: &'a str) -> Option<Chosen<D>> {
        let what = D::WHAT;
        let Some((name, arguments)) = syntax::call(text) else {
            let allowed = "is written `Name(key: value, ...)`, without quotes";
            return self.wrong(text, &format!("the {what}"), allowed);
        };
        let Some(of) = D::find(name) else {
            let names: Vec<_> = D::table().iter().map(|entry| entry.name()).collect();
            self.report.add(text, unknown(what, name, &names));
            return None;
        };
        let mut chosen = Chosen::with_defaults(of);
        if arguments.is_empty() {
            return Some(chosen);
        }
        let mut keys: Vec<_> = of.params().iter().map(|param| param.key).collect();
        let mut constants: Vec<String> = Vec::new();
        let Some(fields) = syntax::fields(arguments) else {
            let example = keys.first().map_or_else(String::new, |key| format!("{key}: ..."));
            return self.wrong(arguments, &format!("`{name}`"), &format!("is written `{name}({example})`"));
        };
        // The constants that a typed function names are keys too, so it is read before the others.
        let typed = of.params().iter().zip(&mut chosen.values).find_map(|(param, place)| match place {
            Value::Formula(typed) => Some((param.key, typed)),
            _ => None,
        });
        if let Some((key, typed)) = typed {
            if let Some(field) = fields.iter().find(|field| field.key == key) {
                // A text with a mistake names no constants that could be checked.
                *typed = self.formula(field.value, key)?;
            }
            constants.extend(typed.constants().map(|(name, _)| name.to_owned()));
            for field in fields.iter().filter(|field| constants.iter().any(|name| name == field.key)) {
                if let Some(value) = self.number(field.value, &format!("`{}`", field.key), Range::ANY) {
                    typed.set(field.key, value);
                }
            }
        }
        keys.extend(constants.iter().map(String::as_str));
        let given = self.sorted(&fields, &format!("`{name}`"), &keys);
        for ((param, place), text) in of.params().iter().zip(&mut chosen.values).zip(given) {
            if let Some(text) = text
                && !matches!(param.kind, Kind::Formula { .. })
                && let Some(value) = self.setting(param, text)
            {
                *place = value;
            }
        }
        Some(chosen)
    }

    fn setting(&mut self, param: &Param, text: &'a str) -> Option<Value> {
        let what = format!("`{}`", param.key);
        match param.kind {
            Kind::Number { range, .. } => self.number(text, &what, range).map(Value::Number),
            Kind::Switch { .. } => self.switch(text, &what).map(Value::Switch),
            Kind::Choice { alternatives } => {
                let names: Vec<_> = alternatives.iter().map(|alternative| alternative.name).collect();
                self.name(text, param.key, &names).map(Value::Choice)
            }
            Kind::Steps { .. } => self.steps(text, &what).map(Value::Steps),
            Kind::Formula { .. } => self.formula(text, param.key).map(Value::Formula),
            Kind::Data { classes, .. } => self.data(text, param, classes).map(Value::Data),
        }
    }

    /// A typed function. A mistake is reported at its character.
    fn formula(&mut self, text: &'a str, key: &str) -> Option<ParsedFormula> {
        let what = format!("`{key}`");
        let Some(typed) = syntax::string(text) else {
            return self.wrong(text, &what, "takes a function of x and y in quotes, as \"x^2 + a*y^2\"");
        };
        let mistake = match ParsedFormula::read(&typed) {
            Ok(typed) => return Some(typed),
            Err(mistake) => mistake,
        };
        // Within quotes without escapes the characters stand as they are.
        let inner = text.find('"').and_then(|quote| text.get(quote + 1..)).unwrap_or_default();
        if inner.starts_with(&typed) {
            let place = inner.char_indices().nth(mistake.at).map_or(inner.len(), |(offset, _)| offset);
            self.report.add(inner.get(place..).unwrap_or(inner), mistake.message);
        } else {
            self.report.add(text, mistake.to_string());
        }
        None
    }

    /// A built-in set by its name, or a file.
    fn data(&mut self, text: &'a str, param: &Param, classes: bool) -> Option<Arc<Table>> {
        let string = syntax::string(text);
        let name = string.as_deref().or_else(|| match syntax::call(text) {
            Some((name, "")) => Some(name),
            _ => None,
        });
        let Some(name) = name else {
            return self.wrong(text, "`data`", &format!("takes {}", param.allowed()));
        };
        let table = match (DataSet::find(name), &string) {
            (Some(set), _) => set.table(),
            (None, Some(file)) => self.table(text, file)?,
            (None, None) => {
                let names: Vec<_> = data::ALL.iter().map(|set| set.name).collect();
                let advice = "; a CSV file is named in quotes";
                self.report.add(text, unknown("data", name, &names) + advice);
                return None;
            }
        };
        if let Some(row) = table.first_without_class().filter(|_| classes) {
            let target = table.rows[row][data::TARGET];
            let message = format!(
                "found the target {target} in row {} of `{name}`; this model takes targets from 0 to 1",
                row + 1
            );
            self.report.add(text, message);
            return None;
        }
        Some(Arc::new(table))
    }

    /// The table in a file.
    fn table(&mut self, text: &'a str, file: &str) -> Option<Table> {
        let path = self.folder.map_or_else(|| Path::new(file).to_owned(), |folder| folder.join(file));
        // Where the program is started from next time must not matter.
        let path = std::path::absolute(&path).unwrap_or(path);
        match load_table(&path) {
            Ok(table) => Some(table),
            Err(error) => {
                let error = error.to_string();
                let mut lines = error.lines();
                let first = lines.next().unwrap_or_default();
                if let Some(table) = self.kept.iter().find(|table| table.name == file) {
                    self.missed.push(first.to_owned());
                    return Some(table.clone());
                }
                let more = lines.count();
                let more = if more > 0 { format!(" (and {more} more problems)") } else { String::new() };
                self.report.add(text, format!("{first}{more}"));
                None
            }
        }
    }
}
