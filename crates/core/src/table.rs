//! How a table is written: one line for each entry.

/// A table of what stands in files beside it, and the look-up by name. The line `adam::ADAM` of it stands for
/// both the file `adam.rs` and the place in lists and menus, so that a new entry is a new file and one line. It is
/// a macro because nothing else can declare a module and name what is in it at once; all that it writes is
/// spelled out below. (`cargo fmt` does not follow modules into a macro: `rustfmt` is given these files by name.)
macro_rules! table {
    ($(#[$doc:meta])* [$of:ty] $($file:ident :: $entry:ident,)+) => {
        $(pub mod $file;)+

        $(#[$doc])*
        pub static ALL: &[&$of] = &[$(&$file::$entry),+];

        /// The entry of this name.
        pub fn find(name: &str) -> Option<&'static $of> {
            ALL.iter().copied().find(|entry| entry.name == name)
        }
    };
}

pub(crate) use table;
