//! How much may be typed.

/// The most characters that a function or a line may have.
pub const MOST_CHARACTERS: usize = 500;
/// The most characters that a program may have.
pub const MOST_PROGRAM_CHARACTERS: usize = 2000;
/// The most named constants that a function may have.
pub const MOST_CONSTANTS: usize = 8;
/// The most characters that a name may have.
pub const LONGEST_NAME: usize = 16;
/// How deep parentheses, signs and powers may nest: it bounds the stack that reading takes.
pub const DEEPEST: usize = 64;
