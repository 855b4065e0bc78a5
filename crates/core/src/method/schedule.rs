//! What a learning-rate schedule is: one description, from which everything else is derived.

use crate::spec::chosen::Chosen;
use crate::spec::described::Described;
use crate::spec::handle::Handle;
use crate::spec::param::Param;
use crate::spec::settings::Settings;
use std::borrow::Cow;
use std::fmt;

/// What is known of the learning rates α of all steps, were the run to go on without end.
///
/// A stochastic method needs Σα = ∞ to reach a minimum from any distance, and Σα² < ∞ for the
/// noise of its gradients to die out (Robbins and Monro, A Stochastic Approximation Method, 1951).
/// As the factors of every schedule are bounded or grow, Σα < ∞ implies Σα² < ∞: there are three
/// cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sums {
    /// Both sums are infinite: the rates do not fade, or too slowly.
    BothInfinite,
    /// Σα = ∞ and Σα² < ∞: both conditions hold.
    RobbinsMonro,
    /// Both sums are finite: the rates fade so fast that the run can come to rest anywhere.
    BothFinite,
    /// What they are hangs on the losses of the run, or on what was typed.
    Unknown,
}

impl Sums {
    /// Whether Σα = ∞ is known.
    pub fn rates_are_infinite(self) -> bool {
        matches!(self, Self::BothInfinite | Self::RobbinsMonro)
    }

    /// Whether Σα² < ∞ is known.
    pub fn squares_are_finite(self) -> bool {
        matches!(self, Self::RobbinsMonro | Self::BothFinite)
    }

    /// What this means, in one line.
    pub fn words(self) -> &'static str {
        match self {
            Self::BothInfinite => "Σα = ∞ holds, Σα² < ∞ does not: with noise it never comes to rest",
            Self::RobbinsMonro => "Σα = ∞ and Σα² < ∞ both hold (Robbins and Monro)",
            Self::BothFinite => "Σα² < ∞ holds, Σα = ∞ does not: it can stop short of the minimum",
            Self::Unknown => "Σα and Σα² hang on the run or on what was typed: nothing is stated of them",
        }
    }
}

/// The description of a schedule.
pub struct Schedule {
    /// The name, as presets write it.
    pub name: &'static str,
    /// The name for people, as it is written in the middle of a sentence; empty where it is the name.
    pub title: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// The learning rate of step t in symbols, α₀ being the optimizer's.
    pub formula: &'static str,
    /// Where it comes from, and where libraries differ.
    pub source: &'static str,
    /// Its parameters.
    pub params: Cow<'static, [Param]>,
    /// What the optimizer's learning rate is multiplied by at a step; the first step is step 0.
    pub factor: fn(&Settings<f64>, u32) -> f64,
    /// What is known of the sums of the rates and of their squares.
    pub sums: fn(&Settings<f64>) -> Sums,
    /// Of one that watches the loss: takes in the loss that a step began with. Its factor is then what the watch says.
    pub watch: Option<fn(&Settings<f64>, &mut LossWatch, f64)>,
    /// What the method's momentum is at a step, of one that moves it too.
    pub momentum: fn(&Settings<f64>, u32) -> Option<f64>,
    /// Of several one after another: which they are, in their order. Their parameters stand behind its own.
    pub parts: Cow<'static, [Handle<Schedule>]>,
}

/// What a schedule that watches the loss remembers of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossWatch {
    /// What the learning rate is multiplied by.
    pub factor: f64,
    /// The lowest loss that counted as better than the one before.
    pub best: f64,
    /// How many losses in a row were no better.
    pub waited: f64,
    /// For how many more losses nothing is counted.
    pub resting: f64,
}

impl LossWatch {
    /// Before the first loss.
    pub const BEGIN: Self = Self { factor: 1.0, best: f64::INFINITY, waited: 0.0, resting: 0.0 };
}

/// α₀ at every step: what a preset without a schedule has, and what the others depart from.
pub static CONSTANT: Schedule = Schedule::CONSTANT;

impl fmt::Debug for Schedule {
    /// What it is, without the places of its functions, which differ where one constant is used twice.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, params, parts, .. } = self;
        let mut told = f.debug_struct("Schedule");
        told.field("name", name).field("params", params).field("parts", parts).finish_non_exhaustive()
    }
}

impl PartialEq for Schedule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.parts == other.parts
    }
}

impl Described for Schedule {
    const WHAT: &'static str = "schedule";
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
        &self.params
    }
    fn parts(&self) -> Vec<(&'static str, usize)> {
        self.parts.iter().map(|part| (part.name, part.params.len())).collect()
    }
}

impl Schedule {
    /// The constant one, to which the others add: `Schedule { name, ..Schedule::CONSTANT }`.
    pub const CONSTANT: Self = Self {
        name: "Constant",
        title: "constant",
        summary: "The same learning rate at every step.",
        formula: "α₀",
        source: "what a preset without a schedule has",
        params: Cow::Borrowed(&[]),
        factor: |_, _| 1.0,
        sums: |_| Sums::BothInfinite,
        watch: None,
        momentum: |_, _| None,
        parts: Cow::Borrowed(&[]),
    };

    /// Whether the learning rate is the optimizer's at every step.
    pub fn is_constant(&self) -> bool {
        *self == CONSTANT
    }
}

impl Default for Chosen<Schedule> {
    /// The constant one.
    fn default() -> Self {
        Self::with_defaults(&CONSTANT)
    }
}
