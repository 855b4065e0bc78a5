//! What a modifier is: a change of what any method sees of the surface, or of the points that it goes to.

use super::description::Slot;
use super::update_equation::ValueType;
use crate::math::number::Number;
use crate::math::wide::Lanes;
use crate::spec::chosen::Chosen;
use crate::spec::described::Described;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::Param;
use nalgebra::{Matrix2, Vector2};
use std::ops::Index;

/// The settings of one modifier, among those of its runner.
#[derive(Clone, Copy, Debug)]
pub struct OwnSettings<'a, T> {
    /// Its numbers, and those of the modifiers behind it.
    pub numbers: &'a [T],
    /// Its switches and choices, likewise.
    pub choices: &'a [usize],
}

impl<T> Index<NumberKey> for OwnSettings<'_, T> {
    type Output = T;

    #[inline(always)]
    fn index(&self, key: NumberKey) -> &T {
        &self.numbers[key.0]
    }
}

impl<T> Index<ChoiceKey> for OwnSettings<'_, T> {
    type Output = usize;

    #[inline(always)]
    fn index(&self, key: ChoiceKey) -> &usize {
        &self.choices[key.0]
    }
}

/// A step that a method has made.
#[derive(Clone, Copy, Debug)]
pub struct MadeStep<T: Number> {
    /// Where the method stood before it.
    pub from: Vector2<T>,
    /// Its learning rate; 1 for a method that has none.
    pub lr: T,
    /// How many steps were made before it.
    pub step: u32,
}

/// What a modifier does, written once for every number type. What it does not change, it leaves to the defaults.
pub trait Modify: 'static {
    /// Whether it asks for the gradient anew, at [`Modify::probe`].
    const PROBES: bool = false;

    /// f at `at`.
    fn value<T: Number>(_own: OwnSettings<'_, T>, _at: Vector2<T>, value: T) -> T {
        value
    }

    /// The gradient at `at`.
    fn gradient<T: Number>(_own: OwnSettings<'_, T>, _at: Vector2<T>, gradient: Vector2<T>) -> Vector2<T> {
        gradient
    }

    /// The Hessian.
    fn hessian<T: Number>(_own: OwnSettings<'_, T>, hessian: Matrix2<T>) -> Matrix2<T> {
        hessian
    }

    /// Where the gradient is asked for instead of at `at`, where it is `gradient`.
    fn probe<T: Number>(_own: OwnSettings<'_, T>, at: Vector2<T>, _gradient: Vector2<T>) -> Vector2<T> {
        at
    }

    /// Fills what it keeps before the first step, which leaves from `at`.
    fn start<T: Number>(_own: OwnSettings<'_, T>, _at: Vector2<T>, _kept: &mut [Vector2<T>]) {}

    /// Where the run is after a step of the method to `to`.
    fn moved<T: Number>(
        _own: OwnSettings<'_, T>,
        _made: &MadeStep<T>,
        to: Vector2<T>,
        _kept: &mut [Vector2<T>],
    ) -> Vector2<T> {
        to
    }
}

/// From a point and a vector that belongs to it to another one.
type VectorAt<T> = fn(OwnSettings<'_, T>, Vector2<T>, Vector2<T>) -> Vector2<T>;
/// Where a run is after a step.
type Moved<T> = fn(OwnSettings<'_, T>, &MadeStep<T>, Vector2<T>, &mut [Vector2<T>]) -> Vector2<T>;
/// The lower and the upper corner of a part of the plane.
type KeptRegion = fn(OwnSettings<'_, f64>) -> [Vector2<f64>; 2];

/// The functions of a modifier for one number type.
#[derive(Clone, Copy, Debug)]
pub struct ModifierFunctions<T: Number> {
    pub(crate) value: fn(OwnSettings<'_, T>, Vector2<T>, T) -> T,
    pub(crate) gradient: VectorAt<T>,
    pub(crate) hessian: fn(OwnSettings<'_, T>, Matrix2<T>) -> Matrix2<T>,
    pub(crate) probe: Option<VectorAt<T>>,
    pub(crate) start: fn(OwnSettings<'_, T>, Vector2<T>, &mut [Vector2<T>]),
    pub(crate) moved: Moved<T>,
}

impl<T: Number> ModifierFunctions<T> {
    /// The functions of `M`.
    pub const fn of<M: Modify>() -> Self {
        Self {
            value: M::value,
            gradient: M::gradient,
            hessian: M::hessian,
            probe: if M::PROBES { Some(M::probe) } else { None },
            start: M::start,
            moved: M::moved,
        }
    }
}

/// A number type that runs are made of: one run, or several side by side.
pub trait RunNumber: Number {
    /// The functions of a modifier for it.
    fn functions(modifier: &Modifier) -> &ModifierFunctions<Self>;
}

impl RunNumber for f64 {
    #[inline]
    fn functions(modifier: &Modifier) -> &ModifierFunctions<Self> {
        &modifier.plain
    }
}

impl RunNumber for Lanes {
    #[inline]
    fn functions(modifier: &Modifier) -> &ModifierFunctions<Self> {
        &modifier.wide
    }
}

/// A line that a modifier adds to a step, as a template: what stands in braces is put in its place. `{g}` is the
/// gradient and `{x}` the point that it is of; `{αt}` is `α·`, the learning rate as a factor, or nothing for a method
/// that has none; any other name is the modifier's own, and gets a number where it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModifierLine {
    /// The symbol that gets the value.
    pub name: &'static str,
    /// What it is.
    pub formula: &'static str,
    /// What kind of thing it is.
    pub sort: ValueType,
    /// The meaning, in a few words.
    pub says: &'static str,
}

/// What a modifier adds to the lines of a step.
#[derive(Clone, Debug, Default)]
pub struct ModifierLines {
    /// Before all others.
    pub before: Vec<ModifierLine>,
    /// Behind each line that asks for a gradient.
    pub gradient: Vec<ModifierLine>,
    /// What is read for f(x), `{f}` being that; empty where it is the same.
    pub value: &'static str,
    /// What is read for ∇²f(x), `{H}` being that; empty where it is the same.
    pub hessian: &'static str,
    /// Behind all others.
    pub after: Vec<ModifierLine>,
}

/// What a modifier makes of the law of a linear method.
#[derive(Clone, Copy, Debug)]
pub enum ModifiedLaw {
    /// The method sees this curvature in the place of `lambda`, about the same minimum.
    Curvature(fn(OwnSettings<'_, f64>, f64) -> f64),
    /// It sees an L2 penalty of this weight besides: the same curvature more, about another point.
    Penalty(fn(OwnSettings<'_, f64>) -> f64),
    /// There is none: the sentence says why, and what to look at.
    None(&'static str),
}

/// The description of a modifier.
#[derive(Debug)]
pub struct Modifier {
    /// The name, as presets write it.
    pub name: &'static str,
    /// The name for people, as it is written in the middle of a sentence; empty where it is the name.
    pub title: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// What it does, in symbols.
    pub formula: &'static str,
    /// Where it comes from: paper, book section or library.
    pub source: &'static str,
    /// Its parameters: numbers, switches and choices.
    pub params: &'static [Param],
    /// What it keeps from step to step.
    pub slots: &'static [Slot],
    /// What its settings are that do not fit together; none if they do.
    pub fault: fn(OwnSettings<'_, f64>) -> Option<&'static str>,
    /// Whether what is kept in its first slot is where the method goes on from, while the run is where
    /// [`Modify::moved`] says.
    pub stands_apart: bool,
    /// The part of the plane that points are kept in: the lower and the upper corner.
    pub region: Option<KeptRegion>,
    /// What it adds to the lines of a step.
    pub lines: fn(OwnSettings<'_, f64>) -> ModifierLines,
    /// What the linear theory says of a method with it.
    pub law: fn(OwnSettings<'_, f64>) -> ModifiedLaw,
    /// Its functions for one run.
    pub plain: ModifierFunctions<f64>,
    /// Its functions for runs side by side.
    pub wide: ModifierFunctions<Lanes>,
}

/// That nothing can be said.
const NOTHING_KNOWN: &str = "Nothing is known of it.";

impl Modifier {
    /// One that does what `M` does and says nothing of itself: `Modifier { name, ..Modifier::of::<M>() }`.
    pub const fn of<M: Modify>() -> Self {
        Self {
            name: "",
            title: "",
            summary: "",
            formula: "",
            source: "",
            params: &[],
            slots: &[],
            fault: |_| None,
            stands_apart: false,
            region: None,
            lines: |_| ModifierLines::default(),
            law: |_| ModifiedLaw::None(NOTHING_KNOWN),
            plain: ModifierFunctions::of::<M>(),
            wide: ModifierFunctions::of::<M>(),
        }
    }

    /// Whether it asks for each gradient twice.
    pub fn asks_twice(&self) -> bool {
        self.plain.probe.is_some()
    }
}

impl PartialEq for Modifier {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Described for Modifier {
    const WHAT: &'static str = "modifier";
    fn name(&self) -> &str {
        self.name
    }
    fn own_title(&self) -> &str {
        self.title
    }
    fn summary(&self) -> &str {
        self.summary
    }
    fn params(&self) -> &[Param] {
        self.params
    }
}

impl Chosen<Modifier> {
    /// Why its settings do not fit together, if they do not.
    pub fn fault(&self) -> Option<&'static str> {
        let settings = self.prepare();
        (self.of.fault)(OwnSettings { numbers: &settings.numbers, choices: &settings.choices })
    }
}
