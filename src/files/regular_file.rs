//! Files whose reading comes to an end: no folder, no pipe, no device.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The file at `path`, for reading. A pipe nobody writes to would keep the reader waiting for ever, and to open
/// a device may do something: both are refused, without a wait, whatever is put in the file's place meanwhile.
///
/// # Errors
/// It cannot be opened, or it is something else than a file.
pub fn open_regular(path: &Path) -> io::Result<File> {
    check(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    let file = options.open(path)?;
    check(&file.metadata()?)?;
    Ok(file)
}

/// The content of the file at `path`: all of it, or one byte more than `most`.
///
/// # Errors
/// As of [`open_regular`].
pub fn read_regular(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path)?.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn check(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    if metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "this is a folder"));
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "this is a pipe or a device, not a file"))
}

/// A number that tells a file's content from others, the same on every machine (FNV-1a).
pub fn fingerprint(content: &[u8]) -> u64 {
    content.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
