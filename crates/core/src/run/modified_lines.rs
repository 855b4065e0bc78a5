//! The lines of a step under modifiers: those of the method, with the modifiers' own between them.

use crate::method::modifier::{ModifierLine, ModifierLines};
use crate::method::update_equation::{EquationRule, UpdateEquation, ValueType};
use std::borrow::Cow;

/// What a modifier adds, with the names of its symbols as this runner has them.
pub(super) struct NamedLines<'a> {
    pub lines: ModifierLines,
    /// Its own names, and what they are called here.
    pub names: &'a [(String, String)],
    /// The learning rate as a factor.
    pub rate: &'static str,
    /// Whether its lines before a step come before those of the others.
    pub is_first: bool,
}

/// What stands for the gradient and for its point.
#[derive(Clone, Copy)]
struct AskedGradient<'a> {
    gradient: &'a str,
    point: &'a str,
}

/// Nothing is asked in a line that is no gradient's.
const NOTHING: AskedGradient<'_> = AskedGradient { gradient: "g", point: "x" };

impl NamedLines<'_> {
    /// A template with everything in its place.
    fn filled(&self, template: &str, asked: AskedGradient<'_>, inner: &str) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(match name {
                "g" => asked.gradient,
                "x" => asked.point,
                "αt" => self.rate,
                "f" | "H" => inner,
                own => self.names.iter().find(|(known, _)| known == own).map_or(own, |(_, here)| here),
            });
            rest = after;
        }
        text + rest
    }

    fn line(&self, line: &ModifierLine, asked: AskedGradient<'_>) -> UpdateEquation {
        UpdateEquation {
            name: Cow::Owned(self.filled(line.name, asked, "")),
            rule: EquationRule::Formula(Cow::Owned(self.filled(line.formula, asked, ""))),
            sort: line.sort,
            says: Cow::Borrowed(line.says),
        }
    }
}

/// The lines of a step, of which a method has these by itself.
pub(super) fn modified(own: Vec<UpdateEquation>, parts: &[NamedLines<'_>]) -> Vec<UpdateEquation> {
    let mut lines = Vec::new();
    for is_first in [true, false] {
        for part in parts.iter().filter(|part| part.is_first == is_first) {
            lines.extend(part.lines.before.iter().map(|line| part.line(line, NOTHING)));
        }
    }
    for line in own {
        expand(line, parts, &mut lines);
    }
    for part in parts {
        lines.extend(part.lines.after.iter().map(|line| part.line(line, NOTHING)));
    }
    lines
}

/// A line of the method, with what the modifiers make of the answers that it asks for.
fn expand(line: UpdateEquation, parts: &[NamedLines<'_>], lines: &mut Vec<UpdateEquation>) {
    let EquationRule::Formula(formula) = &line.rule else {
        lines.push(line);
        return;
    };
    let mut formula = formula.clone().into_owned();
    for (question, template) in [
        ("∇²f(", (|lines: &ModifierLines| lines.hessian) as fn(&ModifierLines) -> &'static str),
        ("f(", |lines| lines.value),
    ] {
        if parts.iter().any(|part| !template(&part.lines).is_empty()) {
            formula = answered(&formula, question, parts, template);
        }
    }
    let changes = parts.iter().any(|part| !part.lines.gradient.is_empty());
    let is_gradient = asked_at(&formula, "∇f(", 0)
        .is_some_and(|(from, to, _)| from == 0 && to == formula.len() && !line.name.is_empty());
    if changes && is_gradient {
        let point = formula["∇f(".len()..formula.len() - 1].to_owned();
        let name = line.name.clone();
        lines.push(line);
        gradient_lines(parts, AskedGradient { gradient: &name, point: &point }, lines);
        return;
    }
    let mut from = 0;
    let mut fresh = "g′".to_owned();
    while let Some((start, end, point)) = asked_at(&formula, "∇f(", from).filter(|_| changes) {
        let asks = UpdateEquation {
            name: Cow::Owned(fresh.clone()),
            rule: EquationRule::Formula(Cow::Owned(format!("∇f({point})"))),
            sort: ValueType::Direction,
            says: Cow::Borrowed("the gradient that the next line asks for"),
        };
        lines.push(asks);
        gradient_lines(parts, AskedGradient { gradient: &fresh, point: &point }, lines);
        formula.replace_range(start..end, &fresh);
        from = start + fresh.len();
        fresh.push('′');
    }
    lines.push(UpdateEquation { rule: EquationRule::Formula(Cow::Owned(formula)), ..line });
}

/// What the modifiers make of a gradient, line by line.
fn gradient_lines(parts: &[NamedLines<'_>], asked: AskedGradient<'_>, lines: &mut Vec<UpdateEquation>) {
    for (index, part) in parts.iter().enumerate() {
        for template in &part.lines.gradient {
            let line = part.line(template, asked);
            let point = match &line.rule {
                EquationRule::Formula(formula) => asked_at(formula, "∇f(", 0).map(|(_, _, point)| point),
                _ => None,
            };
            lines.push(line);
            if let Some(point) = point {
                // Of the gradient there those before it make the same again.
                gradient_lines(&parts[..index], AskedGradient { point: &point, ..asked }, lines);
            }
        }
    }
}

/// The formula with what the modifiers make of each answer to a question.
fn answered(
    formula: &str,
    question: &str,
    parts: &[NamedLines<'_>],
    template: fn(&ModifierLines) -> &'static str,
) -> String {
    let mut text = formula.to_owned();
    let mut from = 0;
    while let Some((start, end, point)) = asked_at(&text, question, from) {
        let is_whole = start == 0 && end == text.len();
        let asked = AskedGradient { gradient: "g", point: &grouped(&point) };
        let mut answer = format!("{question}{point})");
        for part in parts.iter().filter(|part| !template(&part.lines).is_empty()) {
            answer = part.filled(template(&part.lines), asked, &grouped(&answer));
        }
        let answer = if is_whole { answer } else { grouped(&answer) };
        text.replace_range(start..end, &answer);
        from = start + answer.len();
    }
    text
}

/// A text in parentheses, where it is more than a name or a question.
fn grouped(text: &str) -> String {
    let is_one = !text.contains([' ', '-', '+', '/', '·']);
    if is_one { text.to_owned() } else { format!("({text})") }
}

/// Where a text asks the surface next from `from` on, behind no other sign of the same question: from where to where,
/// and of which point.
fn asked_at(text: &str, question: &str, from: usize) -> Option<(usize, usize, String)> {
    let mut search = from;
    loop {
        let start = search + text.get(search..)?.find(question)?;
        let before = text[..start].chars().next_back();
        let inside = start + question.len();
        if question == "f(" && before.is_some_and(|sign| sign.is_alphanumeric() || "∇²_′".contains(sign))
        {
            search = inside;
            continue;
        }
        let mut depth = 1;
        let close = text[inside..].char_indices().find_map(|(at, sign)| {
            depth += i32::from(sign == '(') - i32::from(sign == ')');
            (depth == 0).then_some(inside + at)
        })?;
        return Some((start, close + 1, text[inside..close].to_owned()));
    }
}
