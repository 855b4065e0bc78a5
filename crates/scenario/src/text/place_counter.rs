//! Counts the lines and columns of a text as an editor does.

/// Counts lines and columns of a text from its beginning on.
pub struct PlaceCounter<'a> {
    text: &'a str,
    reached: usize,
    place: (usize, usize),
}

impl<'a> PlaceCounter<'a> {
    /// At the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, reached: 0, place: (1, 1) }
    }

    /// The place of the byte at `offset`, which lies behind those that were asked for before; beyond the text, that
    /// of its end.
    pub fn at(&mut self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let passed = self.text.get(self.reached..offset).unwrap_or_default();
        let (mut line, mut column) = self.place;
        for (index, c) in passed.char_indices() {
            let next = self.text.get(self.reached + index + c.len_utf8()..).unwrap_or_default();
            match c {
                '\r' if next.starts_with('\n') => (),
                '\r' | '\n' => (line, column) = (line + 1, 1),
                _ => column += 1,
            }
        }
        (self.reached, self.place) = (offset, (line, column));
        self.place
    }
}
