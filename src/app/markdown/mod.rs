//! Texts in Markdown: read into blocks, and drawn with faces of their own for what is bold or slanted, and with links
//! that the window follows.

pub mod blocks;
pub mod view;
