//! Whatever stands in a link, it opens a document or is told why not; what it opens makes a link that opens the same.
//! The text is also packed into a link as it is, so that what stands behind the compression is reached.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thalweg_scenario::link::packed_text::packed;
use thalweg_scenario::{Link, link_of, refused};

fn check(text: &str) {
    let Link { document, options, .. } = Link::read(text);
    let scenario = match document {
        Ok(document) => document.scenario,
        Err(fault) => {
            assert!(!fault.to_string().is_empty());
            return;
        }
    };
    assert_eq!(refused(&scenario), None);
    let Ok(link) = link_of(&scenario, &options) else { return };
    let again = Link::read(&link);
    assert!(again.document.is_ok_and(|document| document.scenario == scenario), "{link}");
    assert!(again.options == options, "{link}");
}

fuzz_target!(|text: &str| {
    check(text);
    check(&format!("#s=1.{}", packed(text)));
});
