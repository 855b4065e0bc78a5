//! The format of a document: single values, tables of fields, and the structs that have such a table.

pub mod field;
pub mod invalidates;
pub mod record;
mod table_source;
pub mod text_rule;
pub mod value_reader;
pub mod value_writer;
