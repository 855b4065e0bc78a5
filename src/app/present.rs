//! What a window is used for, and what is asked of it in front of a class.

/// What is asked for while somebody presents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Present {
    /// Begins, or ends.
    Toggle,
    /// Ends.
    Leave,
    /// Shows the text, or hides it.
    Notes,
    /// Shows the charts, or hides them.
    Charts,
    /// Makes the screen black, or shows it again.
    Black,
    /// Lets the pointer be a dot of light, or a pointer again.
    Laser,
    /// Draws the plots so many times as thick.
    Thicker(f64),
}

/// What the window is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WindowRole {
    /// Somebody works with it.
    #[default]
    Work,
    /// It is shown to a class.
    Present,
    /// It is a part of a page or of a slide.
    Embedded,
}

impl WindowRole {
    /// Whether the start is moved by its ring alone: where many look on, a click beside it is no change.
    pub fn needs_ring(self) -> bool {
        self != Self::Work
    }
}
