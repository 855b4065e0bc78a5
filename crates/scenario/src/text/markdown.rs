//! How much a text in Markdown may hold, so that drawing it stays a matter of one frame.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The most characters in a text in Markdown.
pub const MAX_MARKDOWN: usize = 1 << 15;
/// How deep lists, quotations and marks may stand in each other in a text in Markdown.
pub const DEEPEST_MARKDOWN: usize = 16;

/// The extensions of Markdown that the window draws.
pub const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Why `text` is more than a text in Markdown may hold, if it is: what was found and what is allowed.
pub fn markdown_fault(text: &str) -> Option<String> {
    let length = text.chars().count();
    if length > MAX_MARKDOWN {
        return Some(format!("has {length} characters; at most {MAX_MARKDOWN} are allowed"));
    }
    let (mut depth, mut deepest) = (0_usize, (0, 0));
    for (event, place) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        match event {
            // An item stands in its list, and counts with it.
            Event::Start(Tag::Item) | Event::End(TagEnd::Item) => {}
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > deepest.0 {
            deepest = (depth, place.start);
        }
    }
    let (depth, at) = deepest;
    (depth > DEEPEST_MARKDOWN).then(|| {
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        format!(
            "is nested {depth} deep in its line {line}; lists, quotations and marks may stand {DEEPEST_MARKDOWN} deep \
             in each other"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_or_too_deep_is_refused_and_no_more() {
        // A list, and what stands in its innermost item.
        let nested = |depth: usize| "- ".repeat(depth - 1) + "word";
        for (text, fault) in [
            ("a".repeat(MAX_MARKDOWN), None),
            ("é".repeat(MAX_MARKDOWN + 1), Some("has 32769 characters; at most 32768 are allowed")),
            (nested(DEEPEST_MARKDOWN), None),
            (format!("First\n\n{}", nested(DEEPEST_MARKDOWN + 2)), Some("is nested 17 deep in its line 3;")),
            (nested(MAX_MARKDOWN / 2 - 8), Some("deep in its line 1;")),
            (">".repeat(MAX_MARKDOWN), Some("deep in its line 1;")),
            ("*a ".repeat(100) + "a" + &" a*".repeat(100), Some("deep in its line 1;")),
            ("[".repeat(MAX_MARKDOWN), None),
        ] {
            let found = markdown_fault(&text);
            let is_right = match (&found, fault) {
                (Some(found), Some(fault)) => found.contains(fault),
                (found, fault) => found.is_none() && fault.is_none(),
            };
            assert!(is_right, "{:?}...: {found:?}", text.get(..10));
        }
    }
}
