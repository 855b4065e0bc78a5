//! A document without what only a reader's eye needs.

use super::syntax::{NodeShape, SyntaxNode};

/// The value on one line without blanks and comments; texts stand as they stood.
pub fn compact(node: &SyntaxNode<'_>) -> String {
    let mut text = String::new();
    write(node, &mut text);
    text
}

fn write(node: &SyntaxNode<'_>, text: &mut String) {
    match &node.shape {
        NodeShape::Scalar => text.push_str(node.text),
        NodeShape::Call { name, arguments } => {
            text.push_str(name);
            if let Some(arguments) = arguments {
                write(arguments, text);
            }
        }
        NodeShape::Fields(fields) => list(text, ['(', ')'], fields, |field, text| {
            text.push_str(field.key);
            text.push(':');
            write(&field.value, text);
        }),
        NodeShape::Tuple(elements) => list(text, ['(', ')'], elements, write),
        NodeShape::List(elements) => list(text, ['[', ']'], elements, write),
    }
}

fn list<T>(text: &mut String, [open, close]: [char; 2], parts: &[T], write: impl Fn(&T, &mut String)) {
    text.push(open);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(part, text);
    }
    text.push(close);
}
