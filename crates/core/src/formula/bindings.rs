//! What the names of a line stand for.

use super::name;
use super::shape::Tensor;
use nalgebra::{Matrix2, Vector2};

/// Names and their values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bindings {
    bound: Vec<(String, Tensor)>,
}

impl Bindings {
    /// None but those that every line knows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `name`, in whichever spelling, stand for `value`, whatever it stood for before.
    pub fn bind(&mut self, name: &str, value: Tensor) {
        let name = name::printed(name);
        match self.bound.iter_mut().find(|(bound, _)| *bound == name) {
            Some((_, place)) => *place = value,
            None => self.bound.push((name, value)),
        }
    }

    /// What `name`, in whichever spelling, was given.
    pub fn value(&self, name: &str) -> Option<Tensor> {
        let name = name::printed(name);
        self.bound.iter().find(|(bound, _)| *bound == name).map(|(_, value)| *value)
    }

    /// What `name` stands for, also where nobody has given it a value.
    pub(super) fn meaning(&self, name: &str) -> Option<Tensor> {
        self.value(name).or_else(|| predefined(name))
    }

    /// All names that were given a value.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.bound.iter().map(|(name, _)| name.as_str())
    }
}

/// What a name stands for that nobody has given a value: the identity, the axes, π and e.
pub(super) fn predefined(name: &str) -> Option<Tensor> {
    match name {
        "I" => Some(Tensor::Matrix(Matrix2::identity())),
        "e₁" => Some(Tensor::Vector(Vector2::x())),
        "e₂" => Some(Tensor::Vector(Vector2::y())),
        "π" => Some(Tensor::Number(std::f64::consts::PI)),
        "e" => Some(Tensor::Number(std::f64::consts::E)),
        _ => None,
    }
}
