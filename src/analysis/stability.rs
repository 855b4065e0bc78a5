//! Temporary.
use crate::descent::{optimizer::*, param::Settings, race::*, trajectory::*};
/// .
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Regime { /// .
 Decays, /// .
 Oscillates, /// .
 Diverges }
impl Regime { /// .
 pub fn words(self) -> &'static str { match self { Self::Decays => "decays", Self::Oscillates => "oscillates", Self::Diverges => "diverges" } } }
/// .
pub fn radius(r: &Recurrence) -> f64 { let d = r.now * r.now + 4.0 * r.before; if d >= 0.0 { ((r.now + d.sqrt()) / 2.0).abs().max(((r.now - d.sqrt()) / 2.0).abs()) } else { (-r.before).sqrt() } }
/// .
pub fn regime(r: &Recurrence) -> Regime { if radius(r) > 1.0 { Regime::Diverges } else if r.now < 0.0 { Regime::Oscillates } else { Regime::Decays } }
/// .
#[derive(Clone, Debug)]
pub struct Factors { r: Recurrence, a: f64, b: f64, t: u32 }
impl Iterator for Factors { type Item = f64; fn next(&mut self) -> Option<f64> { let out = self.b; let next = if self.t == 0 { self.r.first * self.b } else { self.r.now * self.b + self.r.before * self.a }; self.a = self.b; self.b = next; self.t += 1; Some(out) } }
/// .
pub fn factors(r: &Recurrence) -> Factors { Factors { r: *r, a: 0.0, b: 1.0, t: 0 } }
/// .
pub fn factor_at(r: &Recurrence, t: u32) -> f64 { factors(r).nth(t as usize).unwrap_or(0.0) }
/// .
pub fn edge(o: &Optimizer, s: &Settings<f64>, l: f64) -> Option<f64> { let Theory::Linear(f) = o.theory else { return None }; let at = |lr| { let mut s = *s; s.numbers[0] = lr; let r = f(&s, l); 1.0 + r.now - r.before }; let (a, b) = (at(0.0), at(1.0)); Some(a / (a - b)) }
/// .
pub fn diagnose(_l: &Lane, _c: &Course, e: Ending) -> String { format!("diverged at step {}", e.step) }
