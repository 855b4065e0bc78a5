//! Where a long task's result goes: to standard output, or to a file that appears when it is whole.

use super::failure::Failure;
use super::progress::{INTERRUPTED, Progress, Watched};
use crate::files::atomic_file::Output;
use std::io::{self, Write};
use std::path::Path;

/// Computes a result and writes it to a file, or where that is called `-`, to `out`.
///
/// # Errors
/// The result cannot be computed, the file cannot be written, or the task was told to end.
pub fn write<T>(
    path: &Path,
    out: &mut dyn Write,
    mut progress: Progress,
    compute: impl FnOnce(&mut Progress) -> Result<T, Failure>,
    write: impl FnOnce(&T, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if path == Path::new("-") {
        let result = compute(&mut progress)?;
        return Ok(write(&result, &mut Watched::new(out, &mut progress))?);
    }
    let failed = |error| not_written(path, &error);
    // Opened first: that it cannot be written should not be found out after a long task.
    let mut output = Output::create(path).map_err(failed)?;
    // A pipe has nothing that would be left over.
    if output.is_a_file() {
        progress.can_be_interrupted().map_err(failed)?;
    }
    let result = compute(&mut progress)?;
    write(&result, &mut Watched::new(&mut output, &mut progress)).map_err(failed)?;
    output.finish().map_err(failed)
}

/// Why a file is not there.
fn not_written(path: &Path, error: &io::Error) -> Failure {
    let (path, error) = (path.display(), error.to_string());
    let told = if error == INTERRUPTED { error } else { format!("cannot be written: {error}") };
    Failure::failed(format!("{path}: {told}"))
}
