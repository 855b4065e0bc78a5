//! Arguments, a line each: they are understood, or refused in words.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use thalweg::cli::interface::parse;

fuzz_target!(|bytes: &[u8]| {
    let arguments = bytes.split(|byte| *byte == b'\n').map(|argument| OsString::from_vec(argument.to_vec()));
    if let Err(failure) = parse(std::iter::once(OsString::from("thalweg")).chain(arguments)) {
        assert!(!format!("{failure:?}").is_empty());
    }
});
