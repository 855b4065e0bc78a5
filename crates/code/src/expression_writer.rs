//! From a formula's tree to Python: functions of two numbers for any of the libraries, and the lines of a step, with
//! vectors and matrices, for NumPy.

use super::code_error::CodeError;
use super::identifier::identifier;
use super::language::Language;
use thalweg_core::formula::expression::{Expression, Node};
use thalweg_core::formula::function::Function;
use thalweg_core::formula::operator::{Operator, Relation};
use thalweg_core::formula::shape::Shape;

/// What a formula is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A function of numbers that carry derivatives, each of which may be many numbers side by side.
    Loss(Language),
    /// A line of a step: plain numbers, vectors and matrices of NumPy.
    Step,
    /// A learning rate: plain numbers of Python.
    Rate,
}

/// How tight what is written binds in Python.
const CHOICE: u8 = 0;
const COMPARISON: u8 = 1;
const SUM: u8 = 2;
const PRODUCT: u8 = 3;
const SIGN: u8 = 4;
const POWER: u8 = 5;
const WHOLE: u8 = 6;

/// The text of a formula in Python, and the functions of the program's own that it calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PythonText {
    /// The text.
    pub text: String,
    /// What it calls by name that the program has to define, each once.
    pub calls: Vec<&'static str>,
    /// The kind of its value.
    pub shape: Shape,
}

/// What is known of a name that was given a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownName {
    /// Its kind.
    pub shape: Shape,
    /// Whether its value differs from point to point, or from example to example.
    pub varies: bool,
}

/// Writes a formula. `known` tells of its names what they stand for.
///
/// # Errors
/// A name that stands for nothing, or what does not fit together.
pub fn python(
    expression: &Expression,
    target: Target,
    known: impl Fn(&str) -> Option<KnownName>,
) -> Result<PythonText, CodeError> {
    let names: Vec<Option<KnownName>> = expression.names().iter().map(|name| known(name)).collect();
    let is_nothing =
        |(name, known): &(&String, &Option<KnownName>)| known.is_none() && predefined(name).is_none();
    if let Some((name, _)) = expression.names().iter().zip(&names).find(is_nothing) {
        return Err(CodeError::Formula(format!("`{name}` stands for nothing")));
    }
    let shape = |name: &str| known(name).map(|known| known.shape);
    let shapes =
        expression.shapes(|name| shape(name).or_else(|| predefined(name).map(|(shape, _)| shape)))?;
    let shapes: Vec<Shape> = shapes.into_iter().map(|shape| shape.unwrap_or(Shape::Number)).collect();
    let shape = shapes.last().copied().unwrap_or(Shape::Number);
    let mut writer = PythonWriter { expression, target, names, shapes, calls: Vec::new() };
    let text = writer.part(expression.nodes().len() - 1, CHOICE);
    Ok(PythonText { text, calls: writer.calls, shape })
}

/// A name that nobody has given a value: its kind, and how it is written.
fn predefined(name: &str) -> Option<(Shape, &'static str)> {
    match name {
        "I" => Some((Shape::Matrix, "np.eye(2)")),
        "e₁" => Some((Shape::Vector, "np.array([1.0, 0.0])")),
        "e₂" => Some((Shape::Vector, "np.array([0.0, 1.0])")),
        "π" => Some((Shape::Number, "math.pi")),
        "e" => Some((Shape::Number, "math.e")),
        _ => None,
    }
}

/// A number as Python reads it, with all its digits.
pub fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { format!("{value:?}") }
}

/// A number as Python reads it, and takes for a float.
pub fn float(value: f64) -> String {
    if value.abs() >= 1e6 { format!("{value:e}") } else { format!("{value:?}") }
}

struct PythonWriter<'a> {
    expression: &'a Expression,
    target: Target,
    names: Vec<Option<KnownName>>,
    shapes: Vec<Shape>,
    calls: Vec<&'static str>,
}

impl PythonWriter<'_> {
    /// A part, in parentheses if it binds less tight than asked for.
    fn part(&mut self, index: usize, tightness: u8) -> String {
        let (text, binds) = self.node(index);
        if binds < tightness { format!("({text})") } else { text }
    }

    fn node(&mut self, index: usize) -> (String, u8) {
        match self.expression.nodes()[index] {
            Node::Number(std::f64::consts::PI) => ("math.pi".into(), WHOLE),
            Node::Number(std::f64::consts::E) => ("math.e".into(), WHOLE),
            Node::Number(value) => (number(value), WHOLE),
            Node::Name(name) => (self.name(name), WHOLE),
            // Parentheses come back where they are needed.
            Node::Group(inner) | Node::Transposed(inner) => self.node(inner),
            Node::Negative(inner) => (format!("-{}", self.part(inner, SIGN)), SIGN),
            Node::Join(operator, left, right) => self.join(operator, left, right),
            Node::Call(function, arguments) => self.call(function, &arguments[..function.arguments()]),
            Node::Choice { then, relation, left, right, otherwise } => {
                self.choice(index, relation, [left, right], [then, otherwise])
            }
        }
    }

    fn name(&self, index: usize) -> String {
        let name = &self.expression.names()[index];
        match (self.names[index], predefined(name)) {
            (None, Some((_, text))) => text.to_owned(),
            _ => identifier(name),
        }
    }

    /// A part without the parentheses around it.
    fn bare(&self, index: usize) -> usize {
        match self.expression.nodes()[index] {
            Node::Group(inner) => self.bare(inner),
            _ => index,
        }
    }

    /// Calls what the program defines.
    fn own(&mut self, name: &'static str) -> &'static str {
        if !self.calls.contains(&name) {
            self.calls.push(name);
        }
        name
    }

    fn join(&mut self, operator: Operator, left: usize, right: usize) -> (String, u8) {
        let [a, b] = [left, right].map(|part| self.shapes[part]);
        let (sign, binds, right_binds) = match operator {
            Operator::Add => (" + ", SUM, PRODUCT),
            Operator::Subtract => (" - ", SUM, PRODUCT),
            Operator::Divide => ("/", PRODUCT, SIGN),
            Operator::Multiply if (a, b) == (Shape::Vector, Shape::Row) => {
                let [left, right] = [left, right].map(|part| self.part(part, CHOICE));
                return (format!("np.outer({left}, {right})"), WHOLE);
            }
            Operator::Multiply if a == Shape::Inverse => {
                // Numbers beside an inverse stay outside of what it does to the vector.
                let solved = |writer: &mut Self, inverse: usize| {
                    let (text, binds) = writer.join(Operator::Multiply, inverse, right);
                    if binds < SIGN { format!("({text})") } else { text }
                };
                return match self.expression.nodes()[self.bare(left)] {
                    Node::Join(Operator::Multiply, p, q) if self.shapes[p] == Shape::Number => {
                        let solved = solved(self, q);
                        (format!("{}*{solved}", self.part(p, PRODUCT)), PRODUCT)
                    }
                    Node::Join(Operator::Multiply, p, q) if self.shapes[q] == Shape::Number => {
                        let solved = solved(self, p);
                        (format!("{}*{solved}", self.part(q, PRODUCT)), PRODUCT)
                    }
                    Node::Negative(inner) => (format!("-{}", solved(self, inner)), SIGN),
                    _ => {
                        let [matrix, vector] = [left, right].map(|part| self.part(part, CHOICE));
                        (format!("{}({matrix}, {vector})", self.own("solve")), WHOLE)
                    }
                };
            }
            Operator::Multiply if a != Shape::Number && b != Shape::Number => (" @ ", PRODUCT, SIGN),
            Operator::Each | Operator::Multiply => ("*", PRODUCT, SIGN),
            Operator::Modulo => (" % ", PRODUCT, SIGN),
            // What the inverse does to a vector is written there.
            Operator::Power if a == Shape::Matrix => return self.node(left),
            Operator::Power => return self.power(left, right),
        };
        // Read from the left it would be right, but it would look wrong.
        let is_product = binds == PRODUCT && sign != " @ " && self.is_matrix_product(left);
        let left = self.part(left, if is_product { SIGN } else { binds });
        (format!("{left}{sign}{}", self.part(right, right_binds)), binds)
    }

    /// Whether a part is written with `@`.
    fn is_matrix_product(&self, index: usize) -> bool {
        match self.expression.nodes()[self.bare(index)] {
            Node::Join(Operator::Multiply, left, right) => {
                [left, right].iter().all(|part| self.shapes[*part] != Shape::Number)
            }
            Node::Call(Function::Dot, _) => true,
            _ => false,
        }
    }

    fn power(&mut self, base: usize, exponent: usize) -> (String, u8) {
        if self.expression.nodes()[base] == Node::Number(std::f64::consts::E) {
            return self.call(Function::Exp, &[exponent]);
        }
        if self.target == Target::Loss(Language::NumPy) && !self.is_constant(exponent) {
            let [base, exponent] = [base, exponent].map(|part| self.part(part, CHOICE));
            return (format!("{}({base}, {exponent})", self.own("power")), WHOLE);
        }
        let base = self.part(base, WHOLE);
        (format!("{base}**{}", self.part(exponent, SIGN)), POWER)
    }

    /// Whether a part has the same value everywhere in the plane.
    fn is_constant(&self, index: usize) -> bool {
        match self.expression.nodes()[index] {
            Node::Name(name) => !self.names[name].is_some_and(|known| known.varies),
            node => node.parts().into_iter().all(|part| self.is_constant(part)),
        }
    }

    fn call(&mut self, function: Function, arguments: &[usize]) -> (String, u8) {
        let texts: Vec<String> = arguments.iter().map(|argument| self.part(*argument, CHOICE)).collect();
        let constant = arguments.iter().all(|argument| self.is_constant(*argument));
        let shapes: Vec<Shape> = arguments.iter().map(|argument| self.shapes[*argument]).collect();
        let all = texts.join(", ");
        let text = match function {
            Function::Abs if shapes[0] == Shape::Matrix => format!("{}({all})", self.own("absolute")),
            Function::Sqrt if shapes[0] == Shape::Matrix => format!("{}({all})", self.own("root")),
            Function::Abs => {
                if self.target == Target::Loss(Language::NumPy) {
                    self.own("abs");
                }
                format!("abs({all})")
            }
            Function::Minimum | Function::Maximum => self.selection(function, arguments, &texts),
            Function::Dot => {
                let [left, right] = [arguments[0], arguments[1]].map(|part| self.part(part, PRODUCT));
                return (format!("{left} @ {right}"), PRODUCT);
            }
            Function::Norm => format!("np.linalg.norm({all})"),
            Function::Diagonal => format!("np.diag({all})"),
            Function::Value => format!("{}({all})", self.own("loss")),
            Function::Gradient => format!("{}({all})", self.own("gradient")),
            Function::Hessian => format!("{}({all})", self.own("hessian")),
            Function::Clip if self.target == Target::Rate => {
                format!("min(max({}, {}), {})", texts[0], texts[1], texts[2])
            }
            Function::Clip => format!("np.clip({all})"),
            Function::Normal | Function::Uniform => format!("{}({all})", self.own(function.typed())),
            Function::Modulo if self.target == Target::Loss(Language::NumPy) => {
                format!("{}({all})", self.own("mod"))
            }
            Function::Modulo => {
                let [left, right] =
                    [(0, PRODUCT), (1, SIGN)].map(|(at, binds)| self.part(arguments[at], binds));
                return (format!("{left} % {right}"), PRODUCT);
            }
            Function::Relu => {
                let zero = [texts[0].clone(), "0".to_owned()];
                self.selection(Function::Maximum, arguments, &zero)
            }
            _ => self.elementary(function, &texts, constant),
        };
        (text, WHOLE)
    }

    /// A function of numbers that the libraries have, or that the program defines.
    fn elementary(&mut self, function: Function, texts: &[String], constant: bool) -> String {
        let name = function.typed();
        let all = texts.join(", ");
        // What a library has by another name, or not at all.
        let is_own = matches!(function, Function::Sigmoid | Function::Softplus | Function::Erf);
        match self.target {
            Target::Rate if (is_own && function != Function::Erf) || function == Function::Sign => {
                format!("{}({all})", self.own(name))
            }
            Target::Rate => format!("math.{name}({all})"),
            Target::Step if is_own => format!("{}({all})", self.own(name)),
            Target::Step => format!("np.{}({all})", numpy_name(name)),
            Target::Loss(Language::NumPy) => format!("{}({all})", self.own(name)),
            Target::Loss(Language::PyTorch) => {
                let with_math = !matches!(function, Function::Sigmoid | Function::Softplus | Function::Sign);
                // It takes tensors alone.
                if constant && with_math {
                    return format!("math.{name}({all})");
                }
                let tensor = |text: &String| format!("torch.as_tensor({text})");
                match function {
                    Function::Softplus => {
                        format!("torch.logaddexp({}, torch.zeros(()))", tensor(&texts[0]))
                    }
                    _ if constant || texts.len() > 1 => {
                        let tensors: Vec<String> = texts.iter().map(tensor).collect();
                        format!("torch.{name}({})", tensors.join(", "))
                    }
                    _ => format!("torch.{name}({all})"),
                }
            }
            Target::Loss(Language::Optax) => match function {
                Function::Sigmoid => format!("jax.nn.sigmoid({all})"),
                Function::Softplus => format!("jnp.logaddexp({all}, 0.0)"),
                Function::Erf => format!("jax.scipy.special.erf({all})"),
                _ => format!("jnp.{}({all})", numpy_name(name)),
            },
        }
    }

    /// The smaller or larger of two.
    fn selection(&mut self, function: Function, arguments: &[usize], texts: &[String]) -> String {
        let name = if function == Function::Minimum { "minimum" } else { "maximum" };
        let all = texts.join(", ");
        match self.target {
            // Python's own keep the first where two numbers do not compare, as the methods do.
            Target::Step | Target::Rate
                if arguments.iter().all(|part| self.shapes[*part] == Shape::Number) =>
            {
                format!("{}({all})", &name[..3])
            }
            Target::Step | Target::Rate => format!("np.{name}({all})"),
            Target::Loss(Language::NumPy) => format!("{}({all})", self.own(name)),
            Target::Loss(Language::PyTorch) => {
                // Of two tensors that are equal each has half of the derivative; it takes no plain numbers.
                let tensor = |text: &String| format!("torch.as_tensor({text})");
                let tensors: Vec<String> = texts.iter().map(tensor).collect();
                format!("torch.{name}({})", tensors.join(", "))
            }
            Target::Loss(Language::Optax) => format!("jnp.{name}({all})"),
        }
    }

    fn choice(
        &mut self,
        index: usize,
        relation: Relation,
        [left, right]: [usize; 2],
        [then, otherwise]: [usize; 2],
    ) -> (String, u8) {
        let condition = if relation == Relation::PositiveDefinite {
            let matrix = self.part(left, CHOICE);
            format!("{}({matrix})", self.own("is_positive_definite"))
        } else {
            let sign = match relation {
                Relation::Less => "<",
                Relation::Greater => ">",
                Relation::AtMost => "<=",
                Relation::AtLeast => ">=",
                Relation::Equal | Relation::PositiveDefinite => "==",
            };
            let [left, right] = [left, right].map(|part| self.part(part, SUM));
            format!("{left} {sign} {right}")
        };
        let each = relation != Relation::PositiveDefinite
            && [left, right].iter().any(|part| self.shapes[*part] == Shape::Vector);
        let place = match self.target {
            Target::Step if each => "np.where",
            Target::Step | Target::Rate => {
                let whole = self.shapes[index];
                let first = self.branch(then, whole, COMPARISON);
                let second = self.branch(otherwise, whole, CHOICE);
                return (format!("{first} if {condition} else {second}"), CHOICE);
            }
            Target::Loss(Language::NumPy) => self.own("where"),
            Target::Loss(Language::PyTorch) => "torch.where",
            Target::Loss(Language::Optax) => "jnp.where",
        };
        let [then, otherwise] =
            [then, otherwise].map(|part| match self.expression.nodes()[self.bare(part)] {
                // Of two whole numbers some libraries make an array of whole numbers.
                Node::Number(value) => float(value),
                _ => self.part(part, CHOICE),
            });
        (format!("{place}({condition}, {then}, {otherwise})"), WHOLE)
    }

    /// What there is to choose from: a number that stands for a vector is one.
    fn branch(&mut self, part: usize, whole: Shape, tightness: u8) -> String {
        if (self.shapes[part], whole) == (Shape::Number, Shape::Vector) {
            filled(&self.part(part, CHOICE))
        } else {
            self.part(part, tightness)
        }
    }
}

/// A vector of the same number twice.
pub fn filled(number: &str) -> String {
    if number == "0" { "np.zeros(2)".to_owned() } else { format!("np.full(2, {number})") }
}

/// What NumPy, and JAX after it, call the function of this name.
fn numpy_name(name: &'static str) -> &'static str {
    match name {
        "atan" => "arctan",
        "asin" => "arcsin",
        "acos" => "arccos",
        "atan2" => "arctan2",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str) -> Option<KnownName> {
        let shape = match name {
            "x" | "g" | "m̂" | "s" | "y" | "g₋" => Shape::Vector,
            "H" => Shape::Matrix,
            "t" | "β₁" | "α" => Shape::Number,
            _ => return None,
        };
        Some(KnownName { shape, varies: true })
    }

    fn line(text: &str) -> String {
        let expression = Expression::parse_line(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        python(&expression, Target::Step, known).unwrap_or_else(|fault| panic!("{text}: {fault}")).text
    }

    #[test]
    fn lines_are_numpy_with_no_more_parentheses_than_needed() {
        for (text, expected) in [
            ("x - α·g", "x - alpha*g"),
            ("(1 - β₁^t)·g²", "(1 - beta1**t)*g**2"),
            ("x - (α - 1) + (t + 2)", "x - (alpha - 1) + (t + 2)"),
            ("α/(t·2)/t", "alpha/(t*2)/t"),
            ("(-t)²", "(-t)**2"),
            ("-t²", "-t**2"),
            ("2⁻⁵²", "2**-52"),
            ("α/(√m̂ + 1)", "alpha/(np.sqrt(m_hat) + 1)"),
            ("g⊙m̂", "g*m_hat"),
            ("(s·s)/(s·y)", "(s @ s)/(s @ y)"),
            ("-(g·s)·s", "-(g @ s)*s"),
            ("(I - s·y^T/(s·y))·H", "(np.eye(2) - np.outer(s, y)/(s @ y)) @ H"),
            ("-H⁻¹·g", "-solve(H, g)"),
            ("(H + α·I)⁻¹·g", "solve(H + alpha*np.eye(2), g)"),
            ("|H|", "absolute(H)"),
            ("√H", "root(H)"),
            ("α·H⁻¹·g", "alpha*solve(H, g)"),
            ("H⁻¹·α·g", "alpha*solve(H, g)"),
            ("α·H⁻¹·t·g", "t*(alpha*solve(H, g))"),
            ("-(α·H⁻¹)·g", "-(alpha*solve(H, g))"),
            ("x - α·(√H)⁻¹·g", "x - alpha*solve(root(H), g)"),
            ("|g|", "abs(g)"),
            ("∇f(x + g)", "gradient(x + g)"),
            ("diag(∇²f(x))", "np.diag(hessian(x))"),
            ("max(α, t)", "max(alpha, t)"),
            ("max(g, 0)", "np.maximum(g, 0)"),
            ("clip(g, -α, α)", "np.clip(g, -alpha, alpha)"),
            ("(t - 1) mod ceil(α)", "(t - 1) % np.ceil(alpha)"),
            ("g - g₋ if t > 1 else 0", "g - g_minus if t > 1 else np.zeros(2)"),
            ("0 if s < 0 else g", "np.where(s < 0, 0.0, g)"),
            ("1 if t = 1 else 2 if t = 2 else 3", "1 if t == 1 else 2 if t == 2 else 3"),
            ("(1 if t = 1 else 2) if t < 3 else 3", "(1 if t == 1 else 2) if t < 3 else 3"),
            ("g if H ≻ 0 else -g", "g if is_positive_definite(H) else -g"),
            ("e₁ + π·e₂", "np.array([1.0, 0.0]) + math.pi*np.array([0.0, 1.0])"),
        ] {
            assert_eq!(line(text), expected, "{text}");
        }
    }

    #[test]
    fn a_function_is_written_for_each_library() {
        let written = |text: &str, language| {
            let expression = Expression::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            let known =
                |name: &str| Some(KnownName { shape: Shape::Number, varies: ["x", "y"].contains(&name) });
            python(&expression, Target::Loss(language), known).map(|python| python.text)
        };
        for (text, [torch, jax, numpy]) in [
            ("exp(a)*exp(x)", ["math.exp(a)*torch.exp(x)", "jnp.exp(a)*jnp.exp(x)", "exp(a)*exp(x)"]),
            ("e^x + pi", ["torch.exp(x) + math.pi", "jnp.exp(x) + math.pi", "exp(x) + math.pi"]),
            ("2^x + x^2.5", ["2**x + x**2.5", "2**x + x**2.5", "power(2, x) + x**2.5"]),
            (
                "max(x, 0)",
                [
                    "torch.maximum(torch.as_tensor(x), torch.as_tensor(0))",
                    "jnp.maximum(x, 0)",
                    "maximum(x, 0)",
                ],
            ),
        ] {
            for (language, expected) in Language::ALL.into_iter().zip([torch, jax, numpy]) {
                assert_eq!(written(text, language).as_deref(), Ok(expected), "{text}");
            }
        }
    }
}
