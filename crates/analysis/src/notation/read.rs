//! From text to a [`Formula`], by recursive descent.

use super::{Choice, Formula, Function, Node, Operator, Relation};

impl Formula {
    /// Reads a text. `None` if it is no formula: those of the descriptions are tested.
    pub fn read(text: &str) -> Option<Self> {
        let mut reader = Reader { left: text.chars().collect(), at: 0 };
        let whole = reader.choice()?;
        reader.skip();
        (reader.at == reader.left.len()).then_some(Self(whole))
    }
}

struct Reader {
    left: Vec<char>,
    at: usize,
}

/// Raised digits, and the sign before them.
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const RAISED_MINUS: char = '⁻';

/// Whether a symbol may go on with this: letters, lowered signs and digits, a hat, a prime, a star.
fn continues(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | '₀'..='₉' | '₊' | '₋' | '\u{302}' | '∞' | '*' | '′')
}

impl Reader {
    fn skip(&mut self) {
        while self.left.get(self.at) == Some(&' ') {
            self.at += 1;
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.skip();
        self.left.get(self.at).copied()
    }

    fn take(&mut self, sign: char) -> bool {
        let is = self.peek() == Some(sign);
        self.at += usize::from(is);
        is
    }

    fn want(&mut self, sign: char) -> Option<()> {
        self.take(sign).then_some(())
    }

    /// The word that stands here, without taking it.
    fn word(&mut self) -> String {
        self.skip();
        self.left[self.at..].iter().copied().take_while(|c| continues(*c)).collect()
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is = self.word() == word;
        if is {
            self.at += word.chars().count();
        }
        is
    }

    fn choice(&mut self) -> Option<Node> {
        let then = self.sum()?;
        if !self.take_word("if") {
            return Some(then);
        }
        let left = self.sum()?;
        let relation = match self.peek()? {
            '<' => Relation::Less,
            '>' => Relation::Greater,
            '=' => Relation::Equal,
            '≻' => Relation::PositiveDefinite,
            _ => return None,
        };
        self.at += 1;
        let right = self.sum()?;
        if !self.take_word("else") {
            return None;
        }
        let otherwise = self.choice()?;
        Some(Node::Choice(Box::new(Choice { then, left, relation, right, otherwise })))
    }

    fn sum(&mut self) -> Option<Node> {
        let mut sum =
            if self.take('-') { Node::Negative(Box::new(self.product()?)) } else { self.product()? };
        loop {
            let operator = match self.peek() {
                Some('+') => Operator::Add,
                Some('-') => Operator::Subtract,
                _ => return Some(sum),
            };
            self.at += 1;
            sum = Node::Join(operator, Box::new(sum), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Option<Node> {
        let mut product = self.factor()?;
        loop {
            let operator = match self.peek() {
                Some('·') => Operator::Times,
                Some('⊙') => Operator::Each,
                Some('/') => Operator::Divide,
                _ if self.take_word("mod") => {
                    product = Node::Join(Operator::Modulo, Box::new(product), Box::new(self.factor()?));
                    continue;
                }
                _ => return Some(product),
            };
            self.at += 1;
            product = Node::Join(operator, Box::new(product), Box::new(self.factor()?));
        }
    }

    fn factor(&mut self) -> Option<Node> {
        if self.take('√') {
            return Some(Node::Root(Box::new(self.atom()?)));
        }
        let mut base = self.atom()?;
        loop {
            if self.take('^') {
                base = if self.take_word("T") {
                    Node::Transposed(Box::new(base))
                } else {
                    Node::Power(Box::new(base), Box::new(self.atom()?))
                };
            } else if let Some(exponent) = self.raised() {
                base = Node::Raised(Box::new(base), exponent);
            } else {
                return Some(base);
            }
        }
    }

    /// A whole number in raised digits.
    fn raised(&mut self) -> Option<i32> {
        let from = self.at;
        let sign = if self.take(RAISED_MINUS) { -1 } else { 1 };
        let mut value = None;
        while let Some(digit) =
            self.left.get(self.at).and_then(|c| (0..).zip(RAISED.chars()).find(|(_, raised)| raised == c))
        {
            value = Some(value.unwrap_or(0) * 10 + digit.0);
            self.at += 1;
        }
        if value.is_none() {
            self.at = from;
        }
        value.map(|value| sign * value)
    }

    fn atom(&mut self) -> Option<Node> {
        match self.peek()? {
            '(' => {
                self.at += 1;
                let inner = self.choice()?;
                self.want(')')?;
                Some(Node::Group(Box::new(inner)))
            }
            sign @ ('|' | '‖') => {
                self.at += 1;
                let inner = Box::new(self.choice()?);
                self.want(sign)?;
                Some(if sign == '|' { Node::Absolute(inner) } else { Node::Norm(inner) })
            }
            '∇' => {
                self.at += 1;
                let function = if self.take('²') { Function::Hessian } else { Function::Gradient };
                self.take_word("f").then_some(())?;
                self.arguments(function, 1)
            }
            '0'..='9' => self.number(),
            _ => self.named(),
        }
    }

    fn number(&mut self) -> Option<Node> {
        let digits = self.left[self.at..].iter().copied();
        let written: String = digits.take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        self.at += written.len();
        Some(Node::Number(written.parse().ok()?, written))
    }

    fn named(&mut self) -> Option<Node> {
        let word = self.word();
        if word.is_empty() || ["if", "else", "mod"].contains(&word.as_str()) {
            return None;
        }
        self.at += word.chars().count();
        match Function::WORDS.iter().find(|(_, name, _)| *name == word) {
            Some((function, _, count)) if self.peek() == Some('(') => self.arguments(*function, *count),
            _ => Some(Node::Symbol(word)),
        }
    }

    fn arguments(&mut self, function: Function, count: usize) -> Option<Node> {
        self.want('(')?;
        let mut arguments = vec![self.choice()?];
        while self.take(',') {
            arguments.push(self.choice()?);
        }
        self.want(')')?;
        (arguments.len() == count).then_some(Node::Call(function, arguments))
    }
}
