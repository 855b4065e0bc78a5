//! The modifiers of a runner, in the order in which they act.

use super::modifier::{MadeStep, Modifier, OwnSettings, RunNumber};
use super::state::{METHOD_SLOTS, State};
use crate::spec::settings::Settings;
use nalgebra::{Matrix2, Vector2};

/// A modifier, and where it finds what is its own.
#[derive(Clone, Copy, Debug)]
pub struct ModifierPlace {
    /// What it is.
    pub of: &'static Modifier,
    /// How many numbers of the settings come before its own.
    pub number: usize,
    /// How many switches and choices come before its own.
    pub choice: usize,
    /// How many slots of other modifiers come before its own.
    pub slot: usize,
}

impl ModifierPlace {
    /// Its settings among all of the runner.
    #[inline]
    pub fn own<'a, T>(&self, settings: &'a Settings<T>) -> OwnSettings<'a, T> {
        OwnSettings {
            numbers: settings.numbers.get(self.number..).unwrap_or_default(),
            choices: settings.choices.get(self.choice..).unwrap_or_default(),
        }
    }
}

/// The modifiers of a runner, in the order in which they act.
#[derive(Clone, Debug)]
pub struct ModifierStack {
    places: Vec<ModifierPlace>,
    /// Whether the method has a learning rate.
    has_rate: bool,
}

impl ModifierStack {
    /// These modifiers on a method, which may have a learning rate.
    pub fn new(places: Vec<ModifierPlace>, has_rate: bool) -> Self {
        Self { places, has_rate }
    }

    /// The modifiers, in the order in which they act.
    pub fn places(&self) -> &[ModifierPlace] {
        &self.places
    }

    /// How often the surface is asked for its gradient where the method asks once.
    pub fn gradients(&self) -> u32 {
        let twice = self.places.iter().filter(|place| place.of.asks_twice()).count();
        1_u32.checked_shl(twice as u32).unwrap_or(u32::MAX)
    }

    /// Whether the method sees another surface with these settings than there is.
    pub fn changes_what_is_seen(&self, settings: &Settings<f64>) -> bool {
        self.places.iter().any(|place| {
            let lines = (place.of.lines)(place.own(settings));
            !(lines.gradient.is_empty() && lines.value.is_empty() && lines.hessian.is_empty())
        })
    }

    /// f at a point as the method sees it.
    pub fn value<T: RunNumber>(&self, settings: &Settings<T>, at: Vector2<T>, value: T) -> T {
        self.places
            .iter()
            .fold(value, |value, place| (T::functions(place.of).value)(place.own(settings), at, value))
    }

    /// The gradient at a point as the method sees it, where the surface has `gradient`; `ask` gives that of others.
    pub fn gradient<T: RunNumber>(
        &self,
        settings: &Settings<T>,
        at: Vector2<T>,
        gradient: Vector2<T>,
        ask: &impl Fn(Vector2<T>) -> Vector2<T>,
    ) -> Vector2<T> {
        Self::seen(&self.places, settings, at, gradient, ask)
    }

    fn seen<T: RunNumber>(
        places: &[ModifierPlace],
        settings: &Settings<T>,
        at: Vector2<T>,
        gradient: Vector2<T>,
        ask: &impl Fn(Vector2<T>) -> Vector2<T>,
    ) -> Vector2<T> {
        let mut gradient = gradient;
        for (index, place) in places.iter().enumerate() {
            let (functions, own) = (T::functions(place.of), place.own(settings));
            if let Some(probe) = functions.probe {
                let there = probe(own, at, gradient);
                // As the modifiers before this one make it there.
                gradient = Self::seen(&places[..index], settings, there, ask(there), ask);
            }
            gradient = (functions.gradient)(own, at, gradient);
        }
        gradient
    }

    /// The Hessian as the method sees it.
    pub fn hessian<T: RunNumber>(&self, settings: &Settings<T>, hessian: Matrix2<T>) -> Matrix2<T> {
        self.places
            .iter()
            .fold(hessian, |hessian, place| (T::functions(place.of).hessian)(place.own(settings), hessian))
    }

    /// Fills what the modifiers keep before the first step.
    pub fn start<T: RunNumber>(&self, settings: &Settings<T>, state: &mut State<T>) {
        for place in &self.places {
            let kept = Self::kept(state, place);
            (T::functions(place.of).start)(place.own(settings), kept.0, kept.1);
        }
    }

    /// Where the run is, and what a modifier keeps.
    #[inline]
    fn kept<'a, T: RunNumber>(
        state: &'a mut State<T>,
        place: &ModifierPlace,
    ) -> (Vector2<T>, &'a mut [Vector2<T>]) {
        let slots = state.slots.get_mut(METHOD_SLOTS + place.slot..).unwrap_or_default();
        let most = slots.len().min(place.of.slots.len());
        (state.position, &mut slots[..most])
    }

    /// Where the method goes on from: not where the run is, under a modifier that stands apart.
    #[inline]
    pub fn stand<T: RunNumber>(&self, state: &State<T>) -> Vector2<T> {
        let apart = self.places.iter().find(|place| place.of.stands_apart);
        apart.and_then(|place| state.slots.get(METHOD_SLOTS + place.slot)).copied().unwrap_or(state.position)
    }

    /// Whether the method goes on from elsewhere than where the run is.
    pub fn stands_apart(&self) -> bool {
        self.places.iter().any(|place| place.of.stands_apart)
    }

    /// Takes the run to where its modifiers want it, after a step of the method that left from `from`.
    pub fn finish<T: RunNumber>(
        &self,
        settings: &Settings<T>,
        lr: T,
        [from, recorded]: [Vector2<T>; 2],
        state: &mut State<T>,
    ) {
        let lr = if self.has_rate { lr } else { T::of(1.0) };
        let made = MadeStep { from, lr, step: state.step };
        let mut is_apart = false;
        for place in &self.places {
            // What looks on starts from where the run was.
            is_apart |= place.of.stands_apart;
            let made = if is_apart { MadeStep { from: recorded, ..made } } else { made };
            let (to, kept) = Self::kept(state, place);
            state.position = (T::functions(place.of).moved)(place.own(settings), &made, to, kept);
        }
    }
}
