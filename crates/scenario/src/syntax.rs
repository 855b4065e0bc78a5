//! The shapes of RON values. A value is handled as its slice of the source text, which says both
//! what it is and where it stands; each function here looks one level into such a slice.

use crate::diagnostic::Diagnostic;
use crate::names::shortened;
use ron::error::{Error, SpannedError};
use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// One `key: value` of a struct.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    /// The key.
    pub key: &'a str,
    /// The value, without blanks and comments around it.
    pub value: &'a str,
}

/// The one value of a document, or the first error of its syntax. What is nested too deeply for
/// the stack is refused here, so that everything below may be taken apart without a care.
pub(super) fn root(source: &str) -> Result<&str, Diagnostic> {
    let start = ron::Deserializer::from_str(source).map_err(|error| diagnostic(source, &error))?;
    if !start.extensions().is_empty() {
        let message = "RON extensions (`#![enable(...)]`) are not used in scenarios: remove this line".into();
        return Err(Diagnostic { line: 1, column: 1, message });
    }
    ron::from_str::<IgnoredAny>(source).map_err(|error| diagnostic(source, &error))?;
    // A deserializer at its start has skipped blanks and comments.
    Ok(start.remainder())
}

/// `Name` and, as one slice, the parentheses after it: empty if there are none.
pub(super) fn call(text: &str) -> Option<(&str, &str)> {
    struct Name<'a>(&'a str);
    impl<'de> Deserialize<'de> for Name<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Take;
            impl<'de> Visitor<'de> for Take {
                type Value = &'de str;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("a name")
                }
                fn visit_borrowed_str<E>(self, name: &'de str) -> Result<&'de str, E> {
                    Ok(name)
                }
            }
            deserializer.deserialize_identifier(Take).map(Name)
        }
    }
    let mut deserializer = ron::Deserializer::from_str(text).ok()?;
    let Name(name) = Name::deserialize(&mut deserializer).ok()?;
    let arguments = ron::Deserializer::from_str(deserializer.remainder()).ok()?.remainder();
    Some((name, arguments))
}

/// The fields of `(key: value, ...)`.
pub(super) fn fields(text: &str) -> Option<Vec<Field<'_>>> {
    struct Fields<'a>(Vec<Field<'a>>);
    impl<'de> Deserialize<'de> for Fields<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Collect;
            impl<'de> Visitor<'de> for Collect {
                type Value = Vec<Field<'de>>;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("named fields")
                }
                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                    let mut fields = Vec::new();
                    while let Some(key) = map.next_key()? {
                        fields.push(Field { key, value: map.next_value::<Part<'de>>()?.0 });
                    }
                    Ok(fields)
                }
            }
            deserializer.deserialize_struct("", &[], Collect).map(Fields)
        }
    }
    ron::from_str(text).ok().map(|Fields(fields)| fields)
}

/// The elements of `[a, b, ...]`.
pub(super) fn list(text: &str) -> Option<Vec<&str>> {
    struct List<'a>(Vec<&'a str>);
    impl<'de> Deserialize<'de> for List<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_seq(Elements(PhantomData)).map(List)
        }
    }
    ron::from_str(text).ok().map(|List(elements)| elements)
}

/// The two elements of `(a, b)`.
pub(super) fn pair(text: &str) -> Option<(&str, &str)> {
    struct Pair<'a>(Vec<&'a str>);
    impl<'de> Deserialize<'de> for Pair<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_tuple(2, Elements(PhantomData)).map(Pair)
        }
    }
    match ron::from_str(text).ok()? {
        Pair(elements) => <[&str; 2]>::try_from(elements).ok().map(Into::into),
    }
}

/// A number, perhaps infinite or NaN.
pub(super) fn number(text: &str) -> Option<f64> {
    // Hexadecimal and the like are integers to RON, not floats.
    ron::from_str::<f64>(text).ok().or_else(|| match ron::from_str(text) {
        Ok(ron::Value::Number(number)) => Some(number.into_f64()),
        _ => None,
    })
}

/// A text.
pub(super) fn string(text: &str) -> Option<String> {
    ron::from_str(text).ok()
}

/// `true` or `false`.
pub(super) fn switch(text: &str) -> Option<bool> {
    ron::from_str(text).ok()
}

/// A slice of the source that holds one value, without blanks and comments around it.
struct Part<'a>(&'a str);

impl<'de> Deserialize<'de> for Part<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?;
        Ok(Self(raw.trim().get_ron()))
    }
}

struct Elements<'a>(PhantomData<&'a ()>);

impl<'de> Visitor<'de> for Elements<'de> {
    type Value = Vec<&'de str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("elements")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(Part(element)) = seq.next_element()? {
            elements.push(element);
        }
        Ok(elements)
    }
}

/// An error of syntax in words: what is there, and what could be.
fn diagnostic(source: &str, error: &SpannedError) -> Diagnostic {
    let (line, column) = (error.span.end.line, error.span.end.col);
    let rest = source.split('\n').nth(line - 1).map_or("", |text| {
        text.char_indices().nth(column - 1).map_or("", |(offset, _)| text.get(offset..).unwrap_or_default())
    });
    let is_last = source.split('\n').count() == line;
    let found = match rest.trim_end() {
        "" if is_last => "the text ends here".to_owned(),
        "" => "the line ends here".to_owned(),
        rest => {
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
            let word = rest.find(|c| !is_word(c)).filter(|end| *end > 0);
            let end = word.unwrap_or_else(|| rest.chars().next().map_or(0, char::len_utf8));
            format!("found `{}`", shortened(rest.get(..end).unwrap_or(rest)))
        }
    };
    let message = match &error.code {
        Error::ExceededRecursionLimit => {
            "parentheses are nested too deeply: a scenario needs no more than five levels".to_owned()
        }
        Error::ExpectedComma => {
            format!("{found}; a comma, a closing bracket or the colon after a key is missing before it")
        }
        Error::ExpectedMapColon => format!("{found}; a field is written `key: value`, with a colon"),
        Error::ExpectedStringEnd => "a text is opened here with \" and never closed".to_owned(),
        Error::UnclosedBlockComment => "a comment is opened with /* and never closed with */".to_owned(),
        Error::TrailingCharacters => format!("{found} after the scenario; nothing may follow its last `)`"),
        Error::Eof => "the text ends in the middle of a value: is a closing bracket missing?".to_owned(),
        Error::ExpectedIdentifier => format!("{found}; the key of a field is expected, as in `key: value`"),
        Error::UnexpectedChar(c) => format!("found {c:?}; a value is expected"),
        code => format!("{found}; {code}"),
    };
    Diagnostic { line, column, message }
}
