//! Documents in links: `#s=1.` and the document, or `#lesson=` and a name, and then how it is shown. A link carries
//! everything: it is read without files, and wherever it is read it gives the same bits.

pub mod link_fault;
mod link_files;
pub mod link_flag;
pub mod link_limits;
pub mod link_options;
pub mod link_reader;
pub mod link_reference;
pub mod link_writer;
pub mod packed_text;
