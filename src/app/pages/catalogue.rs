//! The table of pages.

use super::entry::PageEntry;
use super::{map, model, spectrum, step};
use thalweg_scenario::Page;

/// All pages, in the order of their tabs.
pub static PAGES: &[PageEntry] = &[spectrum::PAGE, model::PAGE, step::PAGE, map::PAGE];

/// The page that a document names.
pub fn find(page: Page) -> Option<&'static PageEntry> {
    PAGES.iter().find(|entry| entry.page == page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_a_document_is_in_the_table_in_this_order() {
        let pages: Vec<_> = PAGES.iter().map(|entry| entry.page).collect();
        assert_eq!(pages, Page::ALL);
    }
}
