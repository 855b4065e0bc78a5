//! A method under modifiers: an optimizer like any other, whose description says both.

use super::modified_lines::{NamedLines, modified};
use super::optimizer::{ModifiedMethod, Optimizer};
use super::playback::PathPlayback;
use crate::method::description::{Description, Group, Lines, MadeLines, Slot};
use crate::method::modifier::{ModifiedLaw, Modifier};
use crate::method::modifier_stack::{ModifierPlace, ModifierStack};
use crate::method::state::{METHOD_SLOTS, MODIFIER_SLOTS};
use crate::method::theory::{MadeLaw, Theory};
use crate::method::update_equation::UpdateEquation;
use crate::spec::chosen::Chosen;
use crate::spec::described::Described;
use crate::spec::handle::Handle;
use crate::spec::param::{Kind, Param};
use crate::spec::settings::{MAX_CHOICES, MAX_NUMBERS, Settings};
use crate::spec::value::Value;
use std::borrow::Cow;
use std::sync::Arc;

/// What the keys of modifiers begin with: `with.1.max` is the first one's `max`.
pub const WITH: &str = "with.";
/// The most modifiers of one runner.
pub const MAX_MODIFIERS: usize = 6;

const SCALES_UNSTATED: &str = "Each coordinate has a step size of its own, which changes with the gradients: \
     (1 - αλ)^t does not apply, and for the method under modifiers nothing is stated in its place. Look at its runs and \
     maps, or take the modifiers out.";
const MIXED: &str = "One of the modifiers moves the minimum and another one changes what the curvature is about it: no \
     law is stated for the two together. Look at its runs and maps.";
const TWO_CURVATURES: &str = "Its gradients are taken elsewhere than its Hessians: no law is stated for the two together. \
     Look at its runs and maps.";

impl Chosen<Optimizer> {
    /// The optimizer that runs: the entry itself, or where its values are more than numbers, what is made of them.
    pub fn bound(&self) -> Handle<Optimizer> {
        match self.recorded_path() {
            Some(path) => {
                let playing = Optimizer::new((**self.of).clone(), PathPlayback::of(Arc::clone(path)));
                Handle::from(Arc::new(playing))
            }
            None if self.of.modified().is_some() => self.refreshed().of,
            None => self.of.clone(),
        }
    }

    /// The method by itself, without modifiers.
    pub fn method(&self) -> Self {
        match self.of.modified() {
            None => self.clone(),
            Some(modified) => {
                let count = modified.method.params.len();
                Self {
                    of: modified.method.clone(),
                    values: self.values.iter().take(count).cloned().collect(),
                }
            }
        }
    }

    /// The modifiers that act on the method, in the order in which they act.
    pub fn modifiers(&self) -> Vec<Chosen<Modifier>> {
        let Some(modified) = self.of.modified() else { return Vec::new() };
        let mut values = self.values.iter().skip(modified.method.params.len());
        let places = modified.stack.places().iter();
        places
            .map(|place| Chosen {
                of: Handle::Static(place.of),
                values: values.by_ref().take(place.of.params.len()).cloned().collect(),
            })
            .collect()
    }

    /// The method under these modifiers, in place of those that it has.
    pub fn under(&self, modifiers: &[Chosen<Modifier>]) -> Self {
        let method = self.method();
        if modifiers.is_empty() {
            return method;
        }
        let mut values = method.values.clone();
        values.extend(modifiers.iter().flat_map(|modifier| modifier.values.iter().cloned()));
        let of = Handle::from(Arc::new(together(&method, modifiers, &Settings::of(&values))));
        Self { of, values }
    }

    /// The optimizer anew, so that all that its description says is true of the present values.
    pub fn refreshed(&self) -> Self {
        self.under(&self.modifiers())
    }

    /// The other method with the settings that it shares with this one, under the same modifiers.
    pub fn turned_into_method(&self, other: impl Into<Handle<Optimizer>>) -> Self {
        self.method().turned_into(other).under(&self.modifiers())
    }

    /// Why these modifiers cannot act on the method, if they cannot, and which of them is the first that is too much.
    pub fn modifiers_fault(&self, modifiers: &[Chosen<Modifier>]) -> Option<(usize, String)> {
        let method = self.method();
        if method.recorded_path().is_some() && !modifiers.is_empty() {
            return Some((0, "a recorded path goes where it went: no modifier acts on it".to_owned()));
        }
        let count = |chosen: &[Value], is_number: bool| {
            let counts = |value: &&Value| match value {
                Value::Number(_) => is_number,
                Value::Switch(_) | Value::Choice(_) => !is_number,
                _ => false,
            };
            chosen.iter().filter(counts).count()
        };
        let (mut numbers, mut choices) = (count(&method.values, true), count(&method.values, false));
        let mut slots = 0;
        for (index, modifier) in modifiers.iter().enumerate() {
            if index == MAX_MODIFIERS {
                return Some((index, format!("a runner has at most {MAX_MODIFIERS} modifiers")));
            }
            if let Some(fault) = modifier.fault() {
                return Some((index, fault.to_owned()));
            }
            if modifier.of.stands_apart && index + 1 < modifiers.len() {
                let name = modifier.of.name;
                return Some((index, format!("`{name}` comes last: it looks at what the others have made")));
            }
            numbers += count(&modifier.values, true);
            choices += count(&modifier.values, false);
            slots += modifier.of.slots.len();
            if numbers > MAX_NUMBERS || choices > MAX_CHOICES || slots > MODIFIER_SLOTS {
                let room = format!(
                    "there is no room for this one: a method and its modifiers have at most {MAX_NUMBERS} numbers and \
                     {MAX_CHOICES} switches and choices together"
                );
                return Some((index, room));
            }
        }
        None
    }
}

/// The method and its modifiers as one optimizer.
fn together(
    method: &Chosen<Optimizer>,
    modifiers: &[Chosen<Modifier>],
    settings: &Settings<f64>,
) -> Optimizer {
    let base = &method.of;
    let is_number = |param: &&Param| matches!(param.kind, Kind::Number { .. });
    let is_choice = |param: &&Param| matches!(param.kind, Kind::Switch { .. } | Kind::Choice { .. });
    let mut params = base.params.to_vec();
    let mut slots: Vec<Slot> = base.slots.to_vec();
    let mut taken = taken_names(base, settings);
    let (mut places, mut all_names) = (Vec::new(), Vec::new());
    let mut kept = 0;
    for (index, modifier) in modifiers.iter().enumerate() {
        let of = match modifier.of {
            Handle::Static(of) => of,
            // All modifiers stand in the program.
            Handle::Owned(_) => continue,
        };
        let (number, choice) =
            (params.iter().filter(is_number).count(), params.iter().filter(is_choice).count());
        let place = ModifierPlace { of, number, choice, slot: kept };
        let names = own_names(&place, settings, &mut taken);
        let here = |own: &str| {
            names
                .iter()
                .find(|(known, _)| known == own)
                .map_or_else(|| own.to_owned(), |(_, here)| here.clone())
        };
        params.extend(of.params.iter().map(|param| Param {
            key: Cow::Owned(format!("{WITH}{}.{}", index + 1, param.key)),
            name: Cow::Owned(format!(
                "{}: {}",
                of.title(),
                if param.name.is_empty() { param.key.replace('_', " ") } else { param.name.to_string() }
            )),
            symbol: Cow::Owned(here(&param.symbol)),
            ..param.clone()
        }));
        for (own, slot) in of.slots.iter().enumerate() {
            let is_taken = slots.iter().any(|other| other.name == slot.name);
            slots.push(Slot {
                name: if is_taken {
                    Cow::Owned(format!("{}{}", slot.name, index + 1))
                } else {
                    slot.name.clone()
                },
                symbol: Cow::Owned(here(&slot.symbol)),
                at: Some(METHOD_SLOTS + kept + own),
                ..slot.clone()
            });
        }
        kept += of.slots.len();
        places.push(place);
        all_names.push(names);
    }
    let stack = Arc::new(ModifierStack::new(places, base.has_learning_rate()));
    let names: Vec<&str> = modifiers.iter().map(|modifier| modifier.of.title()).collect();
    let description = Description {
        summary: Cow::Owned(format!("{} Under {}.", base.summary, names.join(", "))),
        lines: Lines::Made(lines(base, &stack, all_names)),
        params: Cow::Owned(params),
        slots: Cow::Owned(slots),
        theory: theory(base, &stack, settings),
        best: None,
        ..(***base).clone()
    };
    Optimizer::under(ModifiedMethod { method: base.clone(), stack }, description)
}

/// The names that a step of the method has.
fn taken_names(base: &Optimizer, settings: &Settings<f64>) -> Vec<String> {
    let fixed = ["x", "g", "f", "H", "t", "I", "α", "α₀", "σ", "e₁", "e₂"];
    let slots = base.slots.iter().map(|slot| slot.symbol.to_string());
    let lines = base.lines(settings).into_iter().map(|line| line.name.into_owned());
    fixed
        .into_iter()
        .map(str::to_owned)
        .chain(base.symbols().map(str::to_owned))
        .chain(slots)
        .chain(lines)
        .collect()
}

/// What the names of a modifier are called beside those that are taken.
fn own_names(
    place: &ModifierPlace,
    settings: &Settings<f64>,
    taken: &mut Vec<String>,
) -> Vec<(String, String)> {
    let lines = (place.of.lines)(place.own(settings));
    let templates = lines.before.iter().chain(&lines.gradient).chain(&lines.after);
    let made = templates.filter_map(|line| line.name.strip_prefix('{')?.strip_suffix('}'));
    let symbols =
        place.of.params.iter().map(|param| param.symbol.as_ref()).filter(|symbol| !symbol.is_empty());
    let slots = place.of.slots.iter().map(|slot| slot.symbol.as_ref());
    let mut names: Vec<(String, String)> = Vec::new();
    for own in symbols.chain(slots).chain(made.filter(|name| *name != "g")) {
        if names.iter().any(|(known, _)| known == own) {
            continue;
        }
        let numbered = |number: u32| match char::from_u32(u32::from('₀') + number) {
            Some(digit) if number > 0 => format!("{own}{digit}"),
            _ => own.to_owned(),
        };
        let free = (0..=9).map(numbered).find(|name| !taken.contains(name));
        let here = free.unwrap_or_else(|| format!("{own}′"));
        taken.push(here.clone());
        names.push((own.to_owned(), here));
    }
    names
}

/// The lines of a step under modifiers.
fn lines(
    base: &Handle<Optimizer>,
    stack: &Arc<ModifierStack>,
    names: Vec<Vec<(String, String)>>,
) -> MadeLines {
    let (base, stack) = (base.clone(), Arc::clone(stack));
    let rate = if base.has_learning_rate() { "α·" } else { "" };
    MadeLines(Arc::new(move |settings: &Settings<f64>| -> Vec<UpdateEquation> {
        let parts: Vec<NamedLines<'_>> = stack
            .places()
            .iter()
            .zip(&names)
            .map(|(place, names)| NamedLines {
                lines: (place.of.lines)(place.own(settings)),
                names,
                rate,
                is_first: place.of.stands_apart,
            })
            .collect();
        modified(base.lines(settings), &parts)
    }))
}

/// What the linear theory says of the method under its modifiers.
fn theory(base: &Optimizer, stack: &Arc<ModifierStack>, settings: &Settings<f64>) -> Theory {
    let Some(law) = base.theory.law() else {
        return match base.theory {
            Theory::Preconditioned { .. } | Theory::Scaled(_) => Theory::None(SCALES_UNSTATED),
            ref other => other.clone(),
        };
    };
    let (mut penalized, mut is_bent) = (base.penalty(settings) != 0.0, false);
    for place in stack.places() {
        match (place.of.law)(place.own(settings)) {
            ModifiedLaw::None(why) => return Theory::None(why),
            ModifiedLaw::Penalty(weight) => penalized |= weight(place.own(settings)) != 0.0,
            ModifiedLaw::Curvature(_) => is_bent = true,
        }
        if place.of.asks_twice() && base.group == Group::SecondOrder {
            return Theory::None(TWO_CURVATURES);
        }
    }
    if penalized && is_bent {
        return Theory::None(MIXED);
    }
    let bends = |lambda: f64| curvature(stack, settings, lambda);
    let [low, middle, high] = [1.0, 2.0, 3.0].map(bends);
    let is_affine = law.is_affine() && (low - 2.0 * middle + high).abs() <= 1e-12 * middle.abs();
    let stack = Arc::clone(stack);
    let at =
        move |settings: &Settings<f64>, lambda: f64| law.at(settings, curvature(&stack, settings, lambda));
    Theory::Made(MadeLaw { at: Arc::new(at), is_affine })
}

/// The curvature that the method sees where the surface has `lambda`.
fn curvature(stack: &ModifierStack, settings: &Settings<f64>, lambda: f64) -> f64 {
    stack.places().iter().fold(lambda, |lambda, place| {
        let own = place.own(settings);
        match (place.of.law)(own) {
            ModifiedLaw::Curvature(seen) => seen(own, lambda),
            ModifiedLaw::Penalty(weight) => lambda + weight(own),
            ModifiedLaw::None(_) => f64::NAN,
        }
    })
}

/// The titles of the modifiers behind that of the method: "Adam + clipped norm".
pub fn title_with_modifiers(optimizer: &Optimizer) -> Cow<'_, str> {
    match optimizer.modifiers() {
        None => Cow::Borrowed(optimizer.title()),
        Some(stack) => {
            let names = stack.places().iter().map(|place| place.of.title());
            let all: Vec<&str> = std::iter::once(optimizer.title()).chain(names).collect();
            Cow::Owned(all.join(" + "))
        }
    }
}
