//! What a figure is written on.

use crate::color::Rgba;

/// What lies below a figure, and what is told of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paper<'a> {
    /// What it shows, in words, for whoever cannot see it and for lists of files.
    pub title: &'a str,
    /// The colour of the page; none where what lies below it is to be seen.
    pub ground: Option<Rgba>,
}
