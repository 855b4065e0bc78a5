//! The mistakes that people make when they write a method themselves, as changes of its lines.

use super::slip_kind::SlipKind;
use std::borrow::Cow;
use thalweg_core::method::update_equation::{EquationRule, UpdateEquation};

/// One change of one line.
struct LineChange {
    /// The symbol that the line gives its value.
    name: &'static str,
    /// The part of its formula that is replaced, and by what.
    from: &'static str,
    to: &'static str,
}

/// A mistake, and all ways in which it is made in the lines of methods: each is tried where its parts are there.
struct SlipRow {
    kind: SlipKind,
    changes: &'static [LineChange],
}

const fn change(name: &'static str, from: &'static str, to: &'static str) -> LineChange {
    LineChange { name, from, to }
}

const fn row(kind: SlipKind, changes: &'static [LineChange]) -> SlipRow {
    SlipRow { kind, changes }
}

/// The mistakes. A row applies where all its changes find their parts.
const SLIPS: &[SlipRow] = &[
    row(SlipKind::NoBiasCorrection, &[change("m̂", "m/(1 - β₁^t)", "m"), change("v̂", "v/(1 - β₂^t)", "v")]),
    row(SlipKind::NoCorrectionOfMean, &[change("m̂", "m/(1 - β₁^t)", "m")]),
    row(SlipKind::NoCorrectionOfSquares, &[change("v̂", "v/(1 - β₂^t)", "v")]),
    row(SlipKind::StepsCountedLate, &[change("m̂", "β₁^t", "β₁^(t + 1)"), change("v̂", "β₂^t", "β₂^(t + 1)")]),
    row(
        SlipKind::StepsCountedEarly,
        &[change("m̂", "β₁^t", "β₁^max(t - 1, 1)"), change("v̂", "β₂^t", "β₂^max(t - 1, 1)")],
    ),
    row(SlipKind::CorrectedWithoutPower, &[change("m̂", "β₁^t", "β₁"), change("v̂", "β₂^t", "β₂")]),
    row(
        SlipKind::CorrectionKept,
        &[
            change("m", "β₁·m + (1 - β₁)·g", "(β₁·m + (1 - β₁)·g)/(1 - β₁^t)"),
            change("v", "β₂·v + (1 - β₂)·g²", "(β₂·v + (1 - β₂)·g²)/(1 - β₂^t)"),
            change("m̂", "m/(1 - β₁^t)", "m"),
            change("v̂", "v/(1 - β₂^t)", "v"),
        ],
    ),
    row(SlipKind::EpsilonInside, &[change("η", "(√v̂ + ε)", "√(v̂ + ε)")]),
    row(SlipKind::EpsilonInside, &[change("η", "(√s + ε)", "√(s + ε)")]),
    row(SlipKind::EpsilonInside, &[change("η", "(√r + ε)", "√(r + ε)")]),
    row(SlipKind::EpsilonOutside, &[change("η", "√(s + ε)", "(√s + ε)")]),
    row(SlipKind::EpsilonOutside, &[change("η", "√(r + ε)", "(√r + ε)")]),
    row(SlipKind::EpsilonOutside, &[change("D", "√(d + ε)/√(s + ε)", "(√d + ε)/(√s + ε)")]),
    row(SlipKind::EpsilonBeforeCorrection, &[change("η", "(√v̂ + ε)", "(√v̂ + ε/√(1 - β₂^t))")]),
    row(SlipKind::NoEpsilon, &[change("η", " + ε", "")]),
    row(SlipKind::NoRoot, &[change("η", "√v̂", "v̂")]),
    row(SlipKind::NoRoot, &[change("η", "√s", "s")]),
    row(SlipKind::NoRoot, &[change("η", "√r", "r")]),
    row(SlipKind::NoSquare, &[change("v", "g²", "|g|")]),
    row(SlipKind::NoSquare, &[change("s", "g²", "|g|")]),
    row(SlipKind::NoSquare, &[change("r", "g²", "|g|")]),
    row(SlipKind::SquareOfLength, &[change("v", "g²", "g·g")]),
    row(SlipKind::SquareOfLength, &[change("s", "g²", "g·g")]),
    row(SlipKind::SquareOfLength, &[change("r", "g²", "g·g")]),
    row(SlipKind::SquareOfMean, &[change("v", "g²", "m²")]),
    row(SlipKind::FreshShareWhole, &[change("m", "(1 - β₁)·g", "g")]),
    row(SlipKind::FreshShareWhole, &[change("v", "(1 - β₂)·g²", "g²")]),
    row(SlipKind::FreshShareWhole, &[change("s", "(1 - ρ)·g²", "g²")]),
    row(SlipKind::FreshShareWhole, &[change("v", "(1 - β)·g", "g")]),
    row(SlipKind::FreshShareOnly, &[change("v", "β·v + g", "β·v + (1 - β)·g")]),
    row(SlipKind::SharesSwapped, &[change("m", "β₁·m + (1 - β₁)·g", "(1 - β₁)·m + β₁·g")]),
    row(SlipKind::SharesSwapped, &[change("v", "β₂·v + (1 - β₂)·g²", "(1 - β₂)·v + β₂·g²")]),
    row(SlipKind::SharesSwapped, &[change("s", "ρ·s + (1 - ρ)·g²", "(1 - ρ)·s + ρ·g²")]),
    row(SlipKind::SharesSwapped, &[change("v", "β·v + (1 - β)·g", "(1 - β)·v + β·g")]),
    row(
        SlipKind::BetasSwapped,
        &[
            change("m", "β₁·m + (1 - β₁)·g", "β₂·m + (1 - β₂)·g"),
            change("v", "β₂·v + (1 - β₂)·g²", "β₁·v + (1 - β₁)·g²"),
            change("m̂", "β₁", "β₂"),
            change("v̂", "β₂", "β₁"),
        ],
    ),
    row(SlipKind::DecayCoupled, &[change("g", "∇f(x)", "∇f(x) + w·x"), change("x", "(1 - α·w)·x", "x")]),
    row(SlipKind::DecayDecoupled, &[change("g", "g + w·x", "g"), change("x", "x -", "(1 - α·w)·x -")]),
    row(SlipKind::DecayWithoutRate, &[change("x", "(1 - α·w)·x", "(1 - w)·x")]),
    row(SlipKind::NoDecay, &[change("g", "g + w·x", "g")]),
    row(SlipKind::NoDecay, &[change("x", "(1 - α·w)·x", "x")]),
    row(SlipKind::DecayNotAdded, &[change("g", "g + w·x", "g - w·x")]),
    row(SlipKind::GradientHere, &[change("g", "∇f(y)", "∇f(x)")]),
    row(SlipKind::NoLookAhead, &[change("u", "g + β·v", "v")]),
    row(SlipKind::NoLookAhead, &[change("x", "x + β·v - α·g", "x + v")]),
    row(SlipKind::GradientAhead, &[change("g", "∇f(x)", "∇f(x - α·β·v)")]),
    row(SlipKind::GradientAhead, &[change("g", "∇f(x)", "∇f(x + β·v)")]),
    row(SlipKind::LookAheadWhole, &[change("y", "x + β·v", "x + v")]),
    row(SlipKind::LookBack, &[change("y", "x + β·v", "x - β·v")]),
    row(SlipKind::GradientForgotten, &[change("v", "β·v + g", "β·(v + g)")]),
    row(SlipKind::RateTwice, &[change("x", "x - α·", "x - α·α·")]),
    row(SlipKind::Uphill, &[change("x", "x - ", "x + ")]),
    row(SlipKind::Uphill, &[change("v", "- α·g", "+ α·g")]),
    row(SlipKind::GradientsPileUp, &[change("g", "∇f(x)", "g + ∇f(x)")]),
    row(SlipKind::GradientDoubled, &[change("g", "∇f(x)", "2·∇f(x)")]),
    row(SlipKind::GradientHalved, &[change("g", "∇f(x)", "∇f(x)/2")]),
    row(SlipKind::GradientNormed, &[change("g", "∇f(x)", "∇f(x)/‖∇f(x)‖")]),
    row(SlipKind::CoordinatesInTurn, &[change("g", "∇f(x)", "e₁⊙∇f(x) + e₂⊙∇f(x - α·e₁⊙∇f(x))")]),
    row(SlipKind::CoordinatesInTurn, &[change("g", "∇f(x)", "e₂⊙∇f(x) + e₁⊙∇f(x - α·e₂⊙∇f(x))")]),
];

/// A method's lines with one mistake in them.
#[derive(Clone, Debug)]
pub struct SlippedLines {
    /// The mistake.
    pub kind: SlipKind,
    /// All lines.
    pub lines: Vec<UpdateEquation>,
    /// Which of them have changed.
    pub changed: Vec<usize>,
}

/// All mistakes that can be made in these lines. `rows` is the number of examples that the loss is a mean over.
pub fn slips(lines: &[UpdateEquation], rows: Option<usize>) -> Vec<SlippedLines> {
    let mut found: Vec<_> = SLIPS.iter().filter_map(|row| slipped(lines, row)).collect();
    if let Some(rows) = rows.filter(|rows| *rows > 1) {
        for (kind, factor) in [
            (SlipKind::LossSummed, format!("{rows}·∇f(x)")),
            (SlipKind::LossDividedTwice, format!("∇f(x)/{rows}")),
        ] {
            found.extend(replaced(lines, kind, &[("g", "∇f(x)", factor.as_str())]));
        }
    }
    found.extend(turned(lines));
    found
}

fn slipped(lines: &[UpdateEquation], row: &SlipRow) -> Option<SlippedLines> {
    let changes: Vec<_> =
        row.changes.iter().map(|LineChange { name, from, to }| (*name, *from, *to)).collect();
    replaced(lines, row.kind, &changes)
}

/// The lines with all these changes made; none where one of them finds nothing to change.
fn replaced(
    lines: &[UpdateEquation],
    kind: SlipKind,
    changes: &[(&str, &str, &str)],
) -> Option<SlippedLines> {
    let mut slipped = SlippedLines { kind, lines: lines.to_vec(), changed: Vec::new() };
    for (name, from, to) in changes {
        let (index, formula) =
            slipped.lines.iter().enumerate().find_map(|(index, line)| match &line.rule {
                EquationRule::Formula(formula) if line.name == *name && formula.contains(from) => {
                    Some((index, formula.replace(from, to)))
                }
                _ => None,
            })?;
        slipped.lines[index].rule = EquationRule::Formula(Cow::Owned(formula));
        slipped.changed.push(index);
    }
    Some(slipped)
}

/// The position moved before the velocity or the averages are: with those of the step before; and what is kept for the next
/// step changed before it is used.
fn turned(lines: &[UpdateEquation]) -> Vec<SlippedLines> {
    let Some(last) = lines.len().checked_sub(1) else { return Vec::new() };
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let EquationRule::Formula(formula) = &line.rule else { continue };
        let is_kept = line.name != "g" && line.name != "x" && formula.contains(&*line.name);
        if is_kept && index < last {
            let mut lines = lines.to_vec();
            let moved = lines.remove(index);
            lines.push(moved);
            found.push(SlippedLines { kind: SlipKind::StateUpdatedLate, lines, changed: vec![last] });
        }
        let reads = |line: &UpdateEquation| matches!(&line.rule, EquationRule::Formula(formula) if formula.contains(&*lines[index].name));
        if is_kept && let Some(first) = lines[..index].iter().position(reads) {
            let mut lines = lines.to_vec();
            let moved = lines.remove(index);
            lines.insert(first, moved);
            found.push(SlippedLines { kind: SlipKind::StateUpdatedEarly, lines, changed: vec![first] });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::formula::expression::Expression;
    use thalweg_core::formula::program::Program;
    use thalweg_core::formula::shape::Shape;
    use thalweg_core::spec::value::Value;
    use thalweg_testing::variants_with_numbers;

    /// Every row is of use: some method has its parts, and what it makes of them is a step.
    #[test]
    fn every_slip_can_be_made() {
        let mut made = vec![0; SLIPS.len()];
        for optimizer in optimizers::ALL {
            for mut chosen in variants_with_numbers(optimizer) {
                // Of those that have it.
                let _ = chosen.set("weight_decay", Value::Number(0.1));
                let lines = chosen.of.lines(&chosen.prepare());
                for (row, made) in SLIPS.iter().zip(&mut made) {
                    let Some(slipped) = slipped(&lines, row) else { continue };
                    *made += 1;
                    let mut text = String::new();
                    for line in &slipped.lines {
                        let EquationRule::Formula(formula) = &line.rule else { continue };
                        assert!(Expression::parse_line(formula).is_ok(), "{}: {formula}", optimizer.name);
                        text.extend([&line.name, " = ", formula, "; "]);
                    }
                    let is_whole = lines.iter().all(|line| matches!(line.rule, EquationRule::Formula(_)));
                    let given = [("x", Shape::Vector), ("t", Shape::Number)];
                    if is_whole && let Err(error) = Program::parse(&text, &given) {
                        panic!("{}: {text}: {error}", optimizer.name);
                    }
                }
            }
        }
        for (row, made) in SLIPS.iter().zip(made) {
            assert!(made > 0, "{:?}: {}", row.kind, row.changes[0].to);
        }
    }
}
