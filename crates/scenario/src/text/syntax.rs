//! The shapes of RON values. A document is read into a tree of values once; each knows its text and where that
//! stands. Whether the text is RON at all is the crate `ron`'s to say, and so are numbers and texts.

use super::diagnostic::Diagnostic;
use super::syntax_fault::diagnostic;
use serde::de::IgnoredAny;
use std::ops::Range;

/// A value of a document.
#[derive(Clone, Debug)]
pub struct SyntaxNode<'a> {
    /// Its text, without blanks and comments around it.
    pub text: &'a str,
    /// Where the text stands in the document, in bytes.
    pub span: Range<usize>,
    /// What it is made of.
    pub shape: NodeShape<'a>,
}

/// What a value is made of.
#[derive(Clone, Debug)]
pub enum NodeShape<'a> {
    /// A number, a text, or something else that has no parts of interest.
    Scalar,
    /// `Name` or `Name(...)`.
    Call {
        /// The name.
        name: &'a str,
        /// The parentheses behind it, if there are any.
        arguments: Option<Box<SyntaxNode<'a>>>,
    },
    /// `(key: value, ...)`, also without any.
    Fields(Vec<KeyValue<'a>>),
    /// `(a, b, ...)`.
    Tuple(Vec<SyntaxNode<'a>>),
    /// `[a, b, ...]`.
    List(Vec<SyntaxNode<'a>>),
}

/// One `key: value` of a struct.
#[derive(Clone, Debug)]
pub struct KeyValue<'a> {
    /// The key.
    pub key: &'a str,
    /// Where the key stands in the document, in bytes.
    pub span: Range<usize>,
    /// The value.
    pub value: SyntaxNode<'a>,
}

impl<'a> SyntaxNode<'a> {
    /// `Name` and the parentheses behind it.
    pub fn call(&self) -> Option<(&'a str, Option<&SyntaxNode<'a>>)> {
        match &self.shape {
            NodeShape::Call { name, arguments } => Some((name, arguments.as_deref())),
            _ => None,
        }
    }

    /// The fields of `(key: value, ...)`.
    pub fn fields(&self) -> Option<&[KeyValue<'a>]> {
        match &self.shape {
            NodeShape::Fields(fields) => Some(fields),
            _ => None,
        }
    }

    /// The value of the field of this key, the first if there are more.
    pub fn field(&self, key: &str) -> Option<&SyntaxNode<'a>> {
        self.fields()?.iter().find(|field| field.key == key).map(|field| &field.value)
    }

    /// The elements of `[a, b, ...]`.
    pub fn list(&self) -> Option<&[SyntaxNode<'a>]> {
        match &self.shape {
            NodeShape::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// The elements of `(a, b, ...)`.
    pub fn elements(&self) -> Option<&[SyntaxNode<'a>]> {
        match &self.shape {
            NodeShape::Tuple(elements) => Some(elements),
            _ => None,
        }
    }

    /// The two elements of `(a, b)`.
    pub fn pair(&self) -> Option<&[SyntaxNode<'a>; 2]> {
        self.elements()?.try_into().ok()
    }

    /// The number that it is, perhaps infinite or NaN.
    pub fn number(&self) -> Option<f64> {
        // Hexadecimal and the like are integers to RON, not floats.
        ron::from_str::<f64>(self.text).ok().or_else(|| match ron::from_str(self.text) {
            Ok(ron::Value::Number(number)) => Some(number.into_f64()),
            _ => None,
        })
    }

    /// The text that it is.
    pub fn string(&self) -> Option<String> {
        ron::from_str(self.text).ok()
    }

    /// `true` or `false`.
    pub fn switch(&self) -> Option<bool> {
        ron::from_str(self.text).ok()
    }
}

/// How deep values may nest: some times as deep as any document's do, and not so deep that a small stack overflows.
const DEEPEST: usize = 40;

/// The one value of a document, or the first error of its syntax. What is nested too deeply for
/// the stack is refused here, so that everything below may be taken apart without a care.
///
/// # Errors
/// The text is no RON.
pub fn root(source: &str) -> Result<SyntaxNode<'_>, Diagnostic> {
    let start = ron::Deserializer::from_str(source).map_err(|error| diagnostic(source, &error))?;
    if !start.extensions().is_empty() {
        let message = "RON extensions (`#![enable(...)]`) are not used in scenarios: remove this line".into();
        return Err(Diagnostic { line: 1, column: 1, message });
    }
    let reader = ron::Options::default().with_recursion_limit(DEEPEST);
    reader.from_str::<IgnoredAny>(source).map_err(|error| diagnostic(source, &error))?;
    let mut scanner = Scanner { source, at: 0 };
    scanner.skip();
    // What `ron` takes for a value is one here too.
    let message = "this is not a scenario".to_owned();
    scanner.value().ok_or(Diagnostic { line: 1, column: 1, message })
}

/// Takes a text apart that is known to be RON. What gives `None` has met something else.
struct Scanner<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes over one character, whatever it is.
    fn advance(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Whether `token` stands here; it is passed over.
    fn take(&mut self, token: &str) -> bool {
        let is_here = self.rest().starts_with(token);
        self.at += if is_here { token.len() } else { 0 };
        is_here
    }

    /// Whether blanks, then `token`, stand here; both are passed over.
    fn next(&mut self, token: &str) -> bool {
        self.skip();
        self.take(token)
    }

    /// Passes over everything up to the first `end`, and that too.
    fn pass(&mut self, end: &str) -> Option<()> {
        self.at += self.rest().find(end)? + end.len();
        Some(())
    }

    /// Passes over characters while they are such.
    fn pass_while(&mut self, is_such: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let text = rest.get(..rest.find(|c| !is_such(c)).unwrap_or(rest.len())).unwrap_or_default();
        self.at += text.len();
        text
    }

    /// Passes over blanks and comments.
    fn skip(&mut self) {
        loop {
            self.pass_while(|c| c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}'));
            if self.rest().starts_with("//") {
                self.pass_while(|c| c != '\n');
            } else if self.take("/*") {
                let mut depth = 1;
                while depth > 0 {
                    if self.take("/*") {
                        depth += 1;
                    } else if self.take("*/") {
                        depth -= 1;
                    } else if self.advance().is_none() {
                        return;
                    }
                }
            } else {
                return;
            }
        }
    }

    fn value(&mut self) -> Option<SyntaxNode<'a>> {
        let start = self.at;
        let shape = match self.peek()? {
            '(' => self.parentheses()?,
            '[' => self.list()?,
            '{' => self.map()?,
            _ if self.string().is_some() => NodeShape::Scalar,
            _ => match self.name() {
                Some(name) => self.call(name)?,
                None => self.plain()?,
            },
        };
        let span = start..self.at;
        Some(SyntaxNode { text: self.source.get(span.clone())?, span, shape })
    }

    fn parentheses(&mut self) -> Option<NodeShape<'a>> {
        self.take("(");
        let (mut fields, mut elements) = (Vec::new(), Vec::new());
        while !self.next(")") {
            let start = self.at;
            if let Some((key, end, true)) = self.name().map(|key| (key, self.at, self.next(":"))) {
                self.skip();
                let value = self.value()?;
                fields.push(KeyValue { key, span: end - key.len()..end, value });
            } else {
                self.at = start;
                elements.push(self.value()?);
            }
            self.next(",");
        }
        Some(if elements.is_empty() { NodeShape::Fields(fields) } else { NodeShape::Tuple(elements) })
    }

    fn list(&mut self) -> Option<NodeShape<'a>> {
        self.take("[");
        let mut elements = Vec::new();
        while !self.next("]") {
            elements.push(self.value()?);
            self.next(",");
        }
        Some(NodeShape::List(elements))
    }

    fn map(&mut self) -> Option<NodeShape<'a>> {
        self.take("{");
        while !self.next("}") {
            self.value()?;
            self.next(":");
            self.next(",");
        }
        Some(NodeShape::Scalar)
    }

    /// A text, a character or bytes: `"..."`, `'.'`, `r"..."`, `r#"..."#`, `b"..."`, `b'.'`, `br"..."`.
    fn string(&mut self) -> Option<()> {
        let start = self.at;
        self.take("b");
        let is_raw = self.take("r");
        let hashes = if is_raw { self.pass_while(|c| c == '#') } else { "" };
        match self.peek() {
            Some('"') if is_raw => {
                self.advance();
                self.pass(&format!("\"{hashes}"))
            }
            Some('\'') if !is_raw => {
                self.advance();
                if self.advance()? == '\\' {
                    self.advance();
                }
                self.pass("'")
            }
            Some('"') => {
                self.advance();
                loop {
                    match self.advance()? {
                        '\\' => drop(self.advance()),
                        '"' => return Some(()),
                        _ => {}
                    }
                }
            }
            _ => {
                self.at = start;
                None
            }
        }
    }

    /// A name, as of a key; `r#` before it is no part of it.
    fn name(&mut self) -> Option<&'a str> {
        let start = self.at;
        let is_raw = self.take("r#");
        let is_first = |c: char| c.is_alphabetic() || c == '_' || (!c.is_ascii() && !c.is_whitespace());
        if !self.peek().is_some_and(is_first) {
            self.at = start;
            return None;
        }
        Some(self.pass_while(|c| is_first(c) || c.is_numeric() || (is_raw && matches!(c, '.' | '+' | '-'))))
    }

    fn call(&mut self, name: &'a str) -> Option<NodeShape<'a>> {
        let end = self.at;
        self.skip();
        if self.peek() == Some('(') {
            return Some(NodeShape::Call { name, arguments: Some(Box::new(self.value()?)) });
        }
        self.at = end;
        Some(NodeShape::Call { name, arguments: None })
    }

    /// A number, or whatever else goes on to the next separator.
    fn plain(&mut self) -> Option<NodeShape<'a>> {
        let ends = |c: char| c.is_whitespace() || ",:()[]{}/".contains(c);
        (!self.pass_while(|c| !ends(c)).is_empty()).then_some(NodeShape::Scalar)
    }
}
