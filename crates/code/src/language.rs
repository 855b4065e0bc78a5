//! The libraries that a program can be written for.

/// What a program is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// PyTorch: `torch.optim`, gradients by autograd.
    PyTorch,
    /// optax: its transformations, gradients by JAX.
    Optax,
    /// NumPy alone: the method's own lines, gradients by dual numbers.
    NumPy,
}

impl Language {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 3] = [Self::PyTorch, Self::Optax, Self::NumPy];

    /// The name as the command line takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::PyTorch => "pytorch",
            Self::Optax => "optax",
            Self::NumPy => "numpy",
        }
    }

    /// The name as people write it.
    pub fn title(self) -> &'static str {
        match self {
            Self::PyTorch => "PyTorch",
            Self::Optax => "optax",
            Self::NumPy => "NumPy",
        }
    }
}
