//! A stored session that is read, whole or in part, is written, and reads back whole as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thalweg_session::StoredSession;

fuzz_target!(|text: &str| {
    let Ok((session, _)) = StoredSession::from_text(text) else { return };
    let written = session.to_text();
    let (again, missed) = StoredSession::from_text(&written).expect("what was written is read");
    assert!(missed.is_empty(), "{missed:?}: {written}");
    assert!(again == session, "{written}");
});
