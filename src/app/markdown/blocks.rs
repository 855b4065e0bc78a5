//! A text in Markdown as blocks of spans, which can be laid out without looking at Markdown again.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use thalweg_scenario::text::markdown::MARKDOWN;

/// How a span is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpanStyle {
    /// The letters' face.
    pub face: SpanFace,
    /// With a line through it.
    pub is_struck: bool,
}

/// The face of a span's letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpanFace {
    /// The usual one.
    #[default]
    Usual,
    /// Bold, slanted too or not.
    Strong,
    /// Slanted.
    Emphasized,
    /// As what is typed.
    Code,
}

/// Letters that are written alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The letters.
    pub text: String,
    /// How they are written.
    pub style: SpanStyle,
    /// The link that they belong to: its place among those of the block.
    pub link: Option<usize>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// What is typed, line by line.
    Code,
    /// A line across.
    Rule,
    /// A row of a table, its cells separated by tabs.
    Row,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotesBlock {
    /// What it is.
    pub kind: BlockKind,
    /// How far it is moved in: how many lists and quotations it stands in.
    pub depth: usize,
    /// What stands before its first line, as the number or the point of a list.
    pub marker: Option<String>,
    /// Whether it stands close to the block before, as an item to the one before it.
    pub is_close: bool,
    /// Its letters.
    pub spans: Vec<Span>,
    /// Where its links lead.
    pub links: Vec<String>,
}

impl NotesBlock {
    /// All its letters.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// The blocks of a text.
pub fn blocks(text: &str) -> Vec<NotesBlock> {
    let mut builder = BlockBuilder::default();
    for event in Parser::new_ext(text, MARKDOWN) {
        builder.take(event);
    }
    builder.end_block();
    builder.blocks
}

/// What a block stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    /// A list with points.
    Points,
    /// A list with numbers, and the next of them.
    Numbers(u64),
    /// A quotation, or what else is moved in.
    Quotation,
}

/// What blocks are made from.
#[derive(Default)]
struct BlockBuilder {
    blocks: Vec<NotesBlock>,
    kind: Option<BlockKind>,
    spans: Vec<Span>,
    links: Vec<String>,
    /// How deep the present place is in what makes letters bold, slanted or struck through.
    strong: usize,
    emphasized: usize,
    struck: usize,
    link: Option<usize>,
    /// The lists and quotations around the present place.
    around: Vec<Around>,
    marker: Option<String>,
    is_close: bool,
}

impl BlockBuilder {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.add(&text, false),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.add(&text, true),
            Event::FootnoteReference(name) => self.add(&format!("[{name}]"), false),
            Event::SoftBreak => self.add(" ", false),
            Event::HardBreak => self.add("\n", false),
            Event::Rule => {
                self.end_block();
                self.kind = Some(BlockKind::Rule);
                self.end_block();
            }
            Event::TaskListMarker(is_done) => {
                self.marker = Some(if is_done { "☑" } else { "☐" }.to_owned());
            }
        }
    }

    fn begin(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.begin_block(BlockKind::Heading(level_of(level))),
            Tag::CodeBlock(_) => self.begin_block(BlockKind::Code),
            Tag::BlockQuote(_) | Tag::DefinitionListDefinition => {
                self.end_block();
                self.around.push(Around::Quotation);
            }
            Tag::List(first) => {
                self.end_block();
                self.around.push(first.map_or(Around::Points, Around::Numbers));
            }
            Tag::Item => {
                self.end_block();
                self.is_close = self.blocks.last().is_some_and(|last| last.depth >= self.around.len());
                match self.around.last_mut() {
                    Some(Around::Numbers(next)) => {
                        self.marker = Some(format!("{next}."));
                        *next += 1;
                    }
                    Some(Around::Points) => self.marker = Some("•".to_owned()),
                    _ => {}
                }
            }
            Tag::FootnoteDefinition(name) => {
                self.end_block();
                self.marker = Some(format!("[{name}]"));
                self.around.push(Around::Quotation);
            }
            Tag::TableHead | Tag::TableRow => {
                self.begin_block(BlockKind::Row);
                self.strong += usize::from(matches!(tag, Tag::TableHead));
            }
            Tag::TableCell if !self.spans.is_empty() => self.add("\t", false),
            Tag::DefinitionListTitle => {
                self.begin_block(BlockKind::Paragraph);
                self.strong += 1;
            }
            Tag::Emphasis => self.emphasized += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.link = Some(self.links.len());
                self.links.push(dest_url.into_string());
            }
            Tag::Paragraph => self.begin_block(BlockKind::Paragraph),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasized = self.emphasized.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => self.link = None,
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListDefinition => {
                self.end_block();
                self.around.pop();
            }
            TagEnd::TableHead | TagEnd::DefinitionListTitle => {
                self.strong = self.strong.saturating_sub(1);
                self.end_block();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::HtmlBlock => self.end_block(),
            _ => {}
        }
    }

    fn begin_block(&mut self, kind: BlockKind) {
        self.end_block();
        self.kind = Some(kind);
    }

    fn add(&mut self, text: &str, is_code: bool) {
        let face = match (is_code, self.strong > 0, self.emphasized > 0) {
            (true, ..) => SpanFace::Code,
            (_, true, _) => SpanFace::Strong,
            (_, _, true) => SpanFace::Emphasized,
            _ => SpanFace::Usual,
        };
        let style = SpanStyle { face, is_struck: self.struck > 0 };
        match self.spans.last_mut() {
            Some(last) if last.style == style && last.link == self.link => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), style, link: self.link }),
        }
    }

    fn end_block(&mut self) {
        let kind = self.kind.take();
        if self.spans.is_empty() && kind != Some(BlockKind::Rule) {
            return;
        }
        let mut spans = std::mem::take(&mut self.spans);
        if kind == Some(BlockKind::Code)
            && let Some(last) = spans.last_mut()
        {
            last.text.truncate(last.text.trim_end_matches('\n').len());
        }
        self.blocks.push(NotesBlock {
            kind: kind.unwrap_or(BlockKind::Paragraph),
            depth: self.around.len(),
            marker: self.marker.take(),
            is_close: std::mem::take(&mut self.is_close) || kind == Some(BlockKind::Row),
            spans,
            links: std::mem::take(&mut self.links),
        });
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters with marks where a style begins and ends.
    fn marked(block: &NotesBlock) -> String {
        let mark = |span: &Span| {
            let marks = match span.style.face {
                SpanFace::Usual => "",
                SpanFace::Strong => "**",
                SpanFace::Emphasized => "*",
                SpanFace::Code => "`",
            };
            let marks = format!("{marks}{}", if span.style.is_struck { "~~" } else { "" });
            let text = format!("{marks}{}{marks}", span.text);
            span.link.map_or(text.clone(), |link| format!("[{text}]({})", block.links[link]))
        };
        block.spans.iter().map(mark).collect()
    }

    #[test]
    fn a_text_falls_into_blocks() {
        let text = "# Title\n\nOne **bold**, *slanted*\nand `code`. [Drag β](do:1.lr=0.2), ~~no~~.\n\n\
                    - first\n- second\n  1. inner\n  2. more\n\n> said\n\n---\n\n```\na\nb\n```\n\n\
                    | x | y |\n|---|---|\n| 1 | 2 |\n";
        let blocks = blocks(text);
        let found: Vec<_> = blocks
            .iter()
            .map(|block| (block.kind, block.depth, block.marker.as_deref(), marked(block)))
            .collect();
        let paragraph = BlockKind::Paragraph;
        let expected = [
            (BlockKind::Heading(1), 0, None, "Title"),
            (paragraph, 0, None, "One **bold**, *slanted* and `code`. [Drag β](do:1.lr=0.2), ~~no~~."),
            (paragraph, 1, Some("•"), "first"),
            (paragraph, 1, Some("•"), "second"),
            (paragraph, 2, Some("1."), "inner"),
            (paragraph, 2, Some("2."), "more"),
            (paragraph, 1, None, "said"),
            (BlockKind::Rule, 0, None, ""),
            (BlockKind::Code, 0, None, "a\nb"),
            (BlockKind::Row, 0, None, "**x\ty**"),
            (BlockKind::Row, 0, None, "1\t2"),
        ];
        let expected: Vec<_> =
            expected.map(|(kind, depth, marker, text)| (kind, depth, marker, text.to_owned())).into();
        assert_eq!(found, expected);
        assert!(!blocks[2].is_close && blocks[3].is_close, "items stand close");
    }
}
