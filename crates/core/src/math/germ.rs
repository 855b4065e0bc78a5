//! Germs: how a function behaves along a ray close to where the ray begins.

use super::scaled::Scaled;
use std::cmp::Ordering;

/// The most terms that are kept.
pub(crate) const MOST_TERMS: usize = 10;

/// Powers of t nearer to each other than this are the same, but for rounding.
const SAME_POWER: f64 = 1e-9;

/// What is below every power of t has this power.
const BELOW_ALL_POWERS: f64 = 1e300;

/// What is left of two terms that cancel each other, but for rounding, as a part of them.
const ROUNDING: f64 = 1e-14;

/// factor · t^power · ln(t)^logs
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct GermTerm {
    pub factor: Scaled,
    pub power: f64,
    pub logs: i32,
}

impl GermTerm {
    pub const fn constant(factor: Scaled) -> Self {
        Self { factor, power: 0.0, logs: 0 }
    }

    /// Which of two is the larger one as t goes to 0: it is `Less`, for it comes first.
    fn order(&self, other: &Self) -> Ordering {
        if (self.power - other.power).abs() > SAME_POWER * (1.0 + self.power.abs()) {
            self.power.total_cmp(&other.power)
        } else {
            other.logs.cmp(&self.logs)
        }
    }

    /// On which side of 0 it is for small t > 0, where ln(t) is below 0.
    pub fn side(&self) -> Option<Ordering> {
        let sign = self.factor.sign();
        if self.logs % 2 == 0 { sign } else { sign.map(Ordering::reverse) }
    }

    fn is_constant(&self) -> bool {
        self.order(&Self::constant(Scaled::ONE)) == Ordering::Equal
    }
}

/// What is known of a function along a ray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GermState {
    /// A series.
    Series,
    /// It falls below, or with `true` rises above, every power of t.
    Unbounded(bool),
    /// The terms that are kept do not tell.
    Undecided,
    /// It is not defined along the ray.
    UndefinedAlong,
    /// It is not defined where the ray begins, nor around.
    UndefinedAround,
}

/// A function of t as t goes to 0 from above: a series of terms c·t^a·ln(t)^k with real powers, the largest
/// terms first. With t the way along a ray, the terms are the directional derivatives where they exist, and tell what
/// the function does where they do not. Of two functions that are equal where the ray begins, the first terms that
/// differ tell which one is the larger beyond.
///
/// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., chapters 13 (Taylor series) and 14 (differentiation
/// where a function is not smooth, by Laurent series).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Germ {
    terms: [GermTerm; MOST_TERMS],
    count: usize,
    /// How many terms are kept.
    keep: usize,
    /// The power from which on nothing is known; infinite where the terms are all there is.
    known: f64,
    state: GermState,
}

impl Germ {
    /// at + along·t, of which no more than so many terms are kept in whatever is made of it.
    pub fn ray(at: f64, along: f64, keep: usize) -> Self {
        let mut germ = Self::unknown_from(f64::INFINITY, keep.min(MOST_TERMS));
        germ.push(GermTerm::constant(Scaled::of(at)));
        germ.push(GermTerm { power: 1.0, ..GermTerm::constant(Scaled::of(along)) });
        germ
    }

    pub(super) fn constant(factor: Scaled) -> Self {
        let mut germ = Self::unknown_from(f64::INFINITY, 1);
        germ.push(GermTerm::constant(factor));
        germ
    }

    pub(super) fn term(term: GermTerm, keep: usize) -> Self {
        let mut germ = Self::unknown_from(f64::INFINITY, keep);
        germ.push(term);
        germ
    }

    /// 0, but for terms from this power on.
    pub(super) fn unknown_from(known: f64, keep: usize) -> Self {
        let terms = [GermTerm::constant(Scaled::ZERO); MOST_TERMS];
        Self { terms, count: 0, keep, known, state: GermState::Series }
    }

    /// 0, but for what is below every power.
    pub(super) fn flat() -> Self {
        Self::unknown_from(BELOW_ALL_POWERS, 1)
    }

    pub(super) fn with_state(state: GermState) -> Self {
        Self { state, ..Self::unknown_from(f64::INFINITY, 1) }
    }

    /// The terms, the largest first.
    pub fn terms(&self) -> &[GermTerm] {
        &self.terms[..self.count]
    }

    pub fn state(&self) -> GermState {
        self.state
    }

    /// The power from which on nothing is known.
    pub fn known(&self) -> f64 {
        self.known
    }

    pub(super) fn keep(&self) -> usize {
        self.keep
    }

    /// The largest term.
    pub fn lead(&self) -> Option<GermTerm> {
        self.terms().first().copied()
    }

    /// The limit at t = 0; none where there is no finite one, or where it is not known.
    pub fn limit(&self) -> Option<Scaled> {
        if self.state != GermState::Series || self.known <= 0.0 {
            return None;
        }
        match self.lead() {
            Some(lead) if lead.is_constant() => Some(lead.factor),
            Some(lead) if lead.power <= SAME_POWER && (lead.power < -SAME_POWER || lead.logs > 0) => None,
            _ => Some(Scaled::ZERO),
        }
    }

    /// Whether it is 0 at every t.
    pub(super) fn is_zero(&self) -> bool {
        self.state == GermState::Series && self.count == 0 && self.known == f64::INFINITY
    }

    /// Whether it is 0 but for what is below every power.
    pub(super) fn is_flat(&self) -> bool {
        self.state == GermState::Series && self.count == 0 && self.known > BELOW_ALL_POWERS / 2.0
    }

    /// The power of the largest term, or what is known of it.
    fn power(&self) -> f64 {
        self.lead().map_or(self.known, |lead| lead.power)
    }

    /// On which side of 0 it is for small t > 0: equal to 0 as far as it is known; none where it does not compare.
    pub(super) fn side(&self) -> Option<Ordering> {
        match self.state {
            GermState::Series => self.lead().map_or(Some(Ordering::Equal), |lead| lead.side()),
            GermState::Unbounded(up) => Some(if up { Ordering::Greater } else { Ordering::Less }),
            _ => None,
        }
    }

    /// Adds a term.
    pub(super) fn push(&mut self, term: GermTerm) {
        if term.factor.is_zero() || term.power > self.known - SAME_POWER {
            return;
        }
        if !term.factor.is_finite() {
            self.state = GermState::Undecided;
        }
        let place = self.terms().iter().position(|kept| term.order(kept) != Ordering::Greater);
        let place = place.unwrap_or(self.count);
        if place < self.count && term.order(&self.terms[place]) == Ordering::Equal {
            let kept = &mut self.terms[place];
            let sum = kept.factor.plus(term.factor);
            // The values themselves are compared to the bit, as they are without derivatives.
            let rounding = if term.is_constant() { 0.0 } else { ROUNDING };
            if sum.is_zero() || sum.is_at_most(rounding, term.factor) {
                self.terms[place..self.count].rotate_left(1);
                self.count -= 1;
            } else {
                kept.factor = sum;
            }
            return;
        }
        if self.count == self.keep {
            let last = if place == self.count { term } else { self.terms[self.count - 1] };
            self.forget_from(last.power);
            if place >= self.keep || term.power > self.known - SAME_POWER {
                return;
            }
            self.count = self.count.min(self.keep - 1);
        }
        let place = place.min(self.count);
        self.terms[place..=self.count].rotate_right(1);
        self.terms[place] = term;
        self.count += 1;
    }

    /// Nothing is known from this power on.
    pub(super) fn forget_from(&mut self, power: f64) {
        self.known = self.known.min(power);
        while self.terms().last().is_some_and(|last| last.power > self.known - SAME_POWER) {
            self.count -= 1;
        }
    }

    /// factor·t^power·ln(t)^logs times it.
    pub(super) fn shifted(mut self, by: GermTerm) -> Self {
        for term in &mut self.terms[..self.count] {
            term.factor = term.factor.times(by.factor);
            term.power += by.power;
            term.logs += by.logs;
        }
        self.known += by.power;
        self
    }

    /// What is left without the largest term, divided by it: it is u where this is c·t^a·ln(t)^k·(1 + u).
    pub(super) fn beside_lead(mut self, lead: GermTerm) -> Self {
        self.terms[..self.count].rotate_left(1);
        self.count -= 1;
        self.divided(lead)
    }

    /// Divided by a term.
    pub(super) fn divided(mut self, by: GermTerm) -> Self {
        for term in &mut self.terms[..self.count] {
            term.factor = term.factor.over(by.factor);
            term.power -= by.power;
            term.logs -= by.logs;
        }
        self.known -= by.power;
        self
    }

    /// The constant, and the terms that vanish with t; none where there are others, or where the constant is not known.
    pub(super) fn split(mut self) -> Option<(Scaled, Self)> {
        let constant = self.limit()?;
        if self.lead().is_some_and(|lead| lead.is_constant()) {
            self.terms[..self.count].rotate_left(1);
            self.count -= 1;
        }
        // ln(t)^-1 vanishes, too, but none of its powers is as small as a power of t.
        self.lead().is_none_or(|lead| lead.power > SAME_POWER).then_some((constant, self))
    }

    /// The series Σ c_n uⁿ of a u that vanishes with t.
    pub(super) fn composed(self, coefficient: impl Fn(usize) -> f64) -> Self {
        if self.is_zero() {
            return Self::term(GermTerm::constant(Scaled::of(coefficient(0))), self.keep);
        }
        let mut sum = Self::unknown_from(0.0, self.keep);
        for n in (0..=self.keep).rev() {
            sum = sum.product(&self);
            sum.push(GermTerm::constant(Scaled::of(coefficient(n))));
        }
        sum
    }

    /// The sum of two series.
    pub(super) fn sum(&self, other: &Self) -> Self {
        let mut sum = *self;
        sum.keep = self.keep.max(other.keep);
        sum.forget_from(other.known);
        for term in other.terms() {
            sum.push(*term);
        }
        sum
    }

    /// The product of two series.
    pub(super) fn product(&self, other: &Self) -> Self {
        let known = (self.power() + other.known).min(other.power() + self.known);
        let is_zero = self.is_zero() || other.is_zero();
        let known = if is_zero { f64::INFINITY } else { known };
        let mut product = Self::unknown_from(known, self.keep.max(other.keep));
        for a in self.terms() {
            for b in other.terms() {
                product.push(GermTerm {
                    factor: a.factor.times(b.factor),
                    power: a.power + b.power,
                    logs: a.logs + b.logs,
                });
            }
        }
        product
    }
}
