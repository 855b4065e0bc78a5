//! The scenario: the document that a preset file holds. Each struct of it has a table of its fields, which reader,
//! writer, checks, undo and the page about the format walk.

pub mod assignment;
pub mod brought_file;
pub mod changes;
mod csv_cells;
mod csv_number;
mod csv_sheet;
pub mod csv_table;
pub mod document;
pub mod document_text;
pub mod file_source;
pub mod file_value;
pub mod file_values;
pub mod format;
mod grid_table;
pub mod link;
pub mod notes_link;
mod npy;
mod path_table;
pub mod presets;
mod printed_points;
pub mod reference;
pub mod story;
pub mod table_columns;
pub mod table_name;
pub mod text;

pub use assignment::{ASSIGNMENT_FORM, ChangedPlace, assign};
pub use brought_file::{BroughtFile, is_brought_ending, read_brought, read_data};
pub use changes::{FieldChange, Subject, changes, runner_changes, undo_words};
pub use csv_table::{read_columns, read_table, write_table};
pub use document::bottom_panel::BottomPanel;
pub use document::chart_kind::ChartKind;
pub use document::color::Color;
pub use document::layer::{Layer, LayerEntry, Layers};
pub use document::limits::{MAX_LABEL, MAX_PINNED, MAX_RUNNERS, MAX_STEPS, MAX_TITLE, MAX_TOTAL_STEPS};
pub use document::look_at::LookAt;
pub use document::map_metric::MapMetric;
pub use document::map_view::{MapAxis, MapView};
pub use document::page::Page;
pub use document::relief::Relief;
pub use document::runner::{Runner, call_with_modifiers};
pub use document::scenario::{PinnedRun, Scenario};
pub use document::scene::{Question, Scene};
pub use document::start::{Draw, Start, StartCloud};
pub use document::stop::Stop;
pub use document::view_state::ViewState;
pub use document::x_axis::XAxis;
pub use document_text::{
    is_scenario, parse, parse_bytes, parse_leniently, parse_with, to_compact_ron, to_ron,
    to_ron_beside_tables, to_ron_in,
};
pub use file_source::{DataFile, FileSource, NoFiles};
pub use file_value::FileValue;
pub use format::field::Field;
pub use format::invalidates::Invalidates;
pub use format::record::{Record, refused};
pub use format::value_writer::{call, call_without_folders, written};
pub use grid_table::{read_grid, write_grid};
pub use link::link_fault::LinkFault;
pub use link::link_flag::FLAGS as LINK_FLAGS;
pub use link::link_limits::MAX_LINK;
pub use link::link_options::{HiddenParts, LinkOptions, LinkTheme, WindowPart};
pub use link::link_reader::{Link, LinkDocument, is_link};
pub use link::link_writer::{LinkTooLong, at_address, embed_code, link_of, slide_code};
pub use notes_link::{NotesLink, changed_by, link_faults};
pub use path_table::{read_path, write_path};
pub use presets::{ALL as PRESETS, Preset, find as find_preset, lesson_of, open_preset};
pub use reference::format_reference;
pub use story::{scene_document, scene_faults};
pub use table_columns::{ColumnContent, ColumnPreview, PREVIEW_ROWS, TableColumns};
pub use table_name::{base_name, is_file_of_data};
pub use text::diagnostic::{Diagnostic, LoadError};
pub use text::line::one_line;
pub use text::place::MAX_BYTES;
pub use text::printable::{named, printable};
