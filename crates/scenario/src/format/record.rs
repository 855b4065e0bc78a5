//! Structs of the document that have a table of their fields, and what walks it.

use super::field::Field;
use super::value_reader::ValueReader;
use super::value_writer::ValueWriter;
use crate::text::syntax::SyntaxNode;

/// A struct of the document.
pub trait Record: Sized + 'static {
    /// What messages call it: "a runner".
    const WHAT: &'static str;
    /// How it is written, in an example.
    const FORM: &'static str;

    /// The table of its fields, in the order of a document.
    fn fields() -> &'static [Field<Self>];

    /// The row of the field called `key`.
    fn field(key: &str) -> Option<&'static Field<Self>> {
        Self::fields().iter().find(|field| field.key == key)
    }

    /// Checks what concerns several fields of what was just read. False if it was refused, which has been
    /// reported. `read` are the keys of the fields that were read without fault.
    fn check(&self, _reader: &mut ValueReader<'_>, _node: &SyntaxNode<'_>, _read: &[&str]) -> bool {
        true
    }

    /// Why no document may hold what several fields have together, if none may.
    fn refused_together(&self) -> Option<String> {
        None
    }
}

/// Reads a struct into `place`, which has what the fields are that are left out. False if something that it needs
/// is not there or was refused.
pub fn read_record<R: Record>(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, place: &mut R) -> bool {
    let table = R::fields();
    let keys: Vec<_> = table.iter().map(|field| field.key).collect();
    let Some(values) = reader.fields(node, R::WHAT, R::FORM, &keys) else { return false };
    let mut is_whole = true;
    let mut read = Vec::new();
    // Everything is read, whatever is wrong before it, so that every fault is reported.
    for is_first in [true, false] {
        let fields = table.iter().zip(&values).filter(|(field, _)| field.is_read_first == is_first);
        for (field, value) in fields {
            let is_read = value.is_some_and(|value| field.read(reader, value, place));
            read.extend(is_read.then_some(field.key));
            if value.is_none() && field.is_required {
                let (what, form) = (R::WHAT, R::FORM);
                reader
                    .report
                    .add(&node.span, format!("`{}` is missing; {what} is written {form}", field.key));
            }
            is_whole &= is_read || !field.is_required;
        }
    }
    place.check(reader, node, &read) && is_whole
}

/// The fields that are written, each with its value: those that always are, and those that differ from `blank`,
/// which is what they are where they are left out.
fn written_fields<R: Record>(
    record: &R,
    blank: &R,
    writer: &ValueWriter<'_>,
    is_verbatim: bool,
) -> impl Iterator<Item = (&'static str, String)> {
    R::fields().iter().filter_map(move |field| {
        let text = field.write(record, writer, is_verbatim)?;
        let is_written =
            field.is_always_written || field.write(blank, writer, is_verbatim).as_ref() != Some(&text);
        is_written.then_some((field.key, text))
    })
}

/// The struct on one line.
pub fn write_line<R: Record>(record: &R, blank: &R, writer: &ValueWriter<'_>) -> String {
    let fields = written_fields(record, blank, writer, false).map(|(key, text)| format!("{key}: {text}"));
    format!("({})", fields.collect::<Vec<_>>().join(", "))
}

/// The struct with a line for each field.
pub fn write_block<R: Record>(record: &R, blank: &R, writer: &ValueWriter<'_>) -> String {
    let inner = ValueWriter { indent: writer.indent + 4, ..*writer };
    let fields = written_fields(record, blank, &inner, true).map(|(key, text)| format!("{key}: {text}"));
    lines("(", fields, ")", writer)
}

/// A list with a line for each element. Its elements are indented by four more than the writer is.
pub fn write_list(elements: impl Iterator<Item = String>, writer: &ValueWriter<'_>) -> String {
    lines("[", elements, "]", writer)
}

fn lines(open: &str, parts: impl Iterator<Item = String>, close: &str, writer: &ValueWriter<'_>) -> String {
    let (indent, inner) = (" ".repeat(writer.indent), " ".repeat(writer.indent + 4));
    let lines: String = parts.flat_map(|part| [inner.clone(), part, ",\n".to_owned()]).collect();
    if lines.is_empty() { format!("{open}{close}") } else { format!("{open}\n{lines}{indent}{close}") }
}

/// Why no document may hold this, for the first field that is refused.
pub fn refused<R: Record>(record: &R) -> Option<String> {
    R::fields().iter().find_map(|field| field.refused(record)).or_else(|| record.refused_together())
}

/// Why no document may hold what `changed` has otherwise than `before`, which may be held: as [`refused`], but looking only at
/// fields that differ. A link of the notes that changes a runner does not read the notes again.
pub fn refused_change<R: Record>(before: &R, changed: &R) -> Option<String> {
    let mut differing = R::fields().iter().filter(|field| !field.is_same(before, changed));
    differing.find_map(|field| field.refused(changed)).or_else(|| changed.refused_together())
}
