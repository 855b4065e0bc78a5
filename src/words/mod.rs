//! The program's sentences: what the window and the command line say of the results of the analysis, in the
//! same words.

pub mod text;
