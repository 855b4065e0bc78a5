//! Where a long task's result goes: to standard output, or to a file that appears when it is whole.

use super::failure::Failure;
use super::interruption::Interruption;
use super::progress::{Progress, Watched};
use crate::files::atomic_file::Output;
use crate::files::inputs::InputFiles;
use std::io::{self, Write};
use std::path::Path;
use thalweg_scenario::named;

/// Computes a result from `inputs` and writes it to a file, or where that is called `-`, to `out`.
///
/// # Errors
/// The file is one of the inputs or cannot be written, or the result cannot be computed.
pub fn write<T>(
    path: &Path,
    inputs: &InputFiles,
    out: &mut dyn Write,
    mut progress: Progress,
    compute: impl FnOnce(&mut Progress) -> Result<T, Failure>,
    write: impl FnOnce(&T, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if path == Path::new("-") {
        let result = compute(&mut progress)?;
        return Ok(write(&result, &mut Watched::new(out, &mut progress))?);
    }
    let file = named(path);
    if let Some(input) = inputs.lost_by(path) {
        let input = if input == path { "an input of this command".to_owned() } else { named(input) };
        return Err(Failure::failed(format!(
            "{file}: this is {input}, which would be lost; nothing was written: name another file"
        )));
    }
    let failed = |error: io::Error| Failure::failed(format!("{file}: cannot be written: {error}"));
    // Opened first: that it cannot be written should not be found out after a long task.
    let mut output = Output::create(path).map_err(failed)?;
    // A pipe has nothing that would be left over.
    let interruption = output.is_a_file().then(|| {
        Interruption::heard(output.unfinished(), format!("{file}: interrupted; nothing was written"))
    });
    let result = compute(&mut progress)?;
    write(&result, &mut Watched::new(&mut output, &mut progress)).map_err(failed)?;
    output.sync().map_err(failed)?;
    if let Some(interruption) = interruption {
        interruption.end();
    }
    output.finish().map_err(failed)
}
