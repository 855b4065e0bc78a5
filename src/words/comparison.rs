//! A recorded path beside a runner, in sentences.

use super::text;
use thalweg_analysis::compare::path_comparison::{PathComparison, PathStart, StepDifference};
use thalweg_analysis::compare::path_verdict::{PathCause, PathFinding, PathVerdict};
use thalweg_analysis::compare::precision::PathPrecision;
use thalweg_analysis::compare::slip_kind::SlipKind;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;

/// What is said of a path, the verdict first: a few sentences, a line each. `of` is the runner's optimizer.
pub fn sentences(comparison: &PathComparison, of: &Optimizer) -> Vec<String> {
    let mut said = vec![verdict(comparison, of)];
    said.extend(start(comparison));
    if let Some(StepDifference { step, from, path, runner }) = comparison.first {
        let apart = text::number((path - runner).amax());
        let [from, path, runner] = [from, path, runner].map(|at| text::point(at.x, at.y));
        said.push(format!(
            "The first step that differs is step {step}: from {from} the path goes to {path}, the runner would go to {runner}, \
             {apart} apart."
        ));
    }
    said.extend(nearly(comparison));
    said.extend(deviation(comparison));
    said
}

/// Steps that are off by no more than this part of their length are almost the runner's.
const NEARLY: f64 = 1e-3;

/// What steps that are almost the runner's come from, where nothing else explains them.
fn nearly(comparison: &PathComparison) -> Option<String> {
    let is_near = matches!(comparison.verdict, PathVerdict::Unknown) && comparison.nearness <= NEARLY;
    is_near.then(|| {
        format!(
            "Yet each of its steps is the runner's to {} of its length. So little may come from gradients by finite \
             differences, from noise, or from single precision (float32) somewhere in the program, as PyTorch's NAdam \
             has it; which of these cannot be known here.",
            text::digits(comparison.nearness, 1)
        )
    })
}

/// In one sentence: the same, or why not.
pub fn verdict(comparison: &PathComparison, of: &Optimizer) -> String {
    let steps = comparison.steps;
    let all = if steps == 1 { "its step".to_owned() } else { format!("all {steps} steps") };
    match &comparison.verdict {
        PathVerdict::Same => {
            format!("The path is this runner's: {all} agree to {}{}.", text::digits(comparison.worst, 1), known(comparison))
        }
        PathVerdict::Found(findings) => {
            if let [one] = &findings[..] {
                return format!("This explains the path, to {} in {all}: {}.", text::digits(one.worst, 1), causes(one, of));
            }
            let each: Vec<_> = findings.iter().map(|finding| causes(finding, of)).collect();
            format!("Each of these explains the path, and on it they cannot be told apart: {}.", each.join("; or, "))
        }
        PathVerdict::Unknown => {
            "The path is not this runner's, and none of the known mistakes explains it, nor two of them together.".to_owned()
        }
        PathVerdict::TooShort => {
            format!("The path is not this runner's; with {steps} steps it is too short to say why.")
        }
    }
}

/// How exactly the path is known, where that is less than a program computes.
fn known(comparison: &PathComparison) -> String {
    match comparison.precision {
        PathPrecision::Double => String::new(),
        PathPrecision::Single => ", as far as single precision (float32) tells".to_owned(),
        PathPrecision::Decimals(1) => ", as far as 1 printed decimal tells".to_owned(),
        PathPrecision::Decimals(decimals) => format!(", as far as {decimals} printed decimals tell"),
        PathPrecision::Digits { digits: 1, .. } => ", as far as 1 printed digit tells".to_owned(),
        PathPrecision::Digits { digits, .. } => format!(", as far as {digits} printed digits tell"),
    }
}

fn start(comparison: &PathComparison) -> Option<String> {
    match comparison.start {
        PathStart::AfterFirstStep => {
            Some("Its first row is where the first step ends: the start itself is missing.".to_owned())
        }
        PathStart::StartTwice => {
            Some("Its start stands in two rows: the first of them is left out.".to_owned())
        }
        PathStart::AtStart if comparison.start_off > 0.0 => Some(format!(
            "It begins {} away from the scenario's start; the runner is begun where it begins.",
            text::number(comparison.start_off)
        )),
        PathStart::AtStart => None,
    }
}

fn deviation(comparison: &PathComparison) -> Option<String> {
    let deviation = &comparison.deviation;
    let (step, most) = deviation.iter().copied().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let last = deviation.len().checked_sub(1).filter(|last| *last > 0)?;
    let end = text::number(deviation[last]);
    Some(if step == last {
        format!("Each on its own way, they are {end} apart at the end, the most.")
    } else {
        let most = text::number(most);
        format!("Each on its own way, they are {most} apart at step {step}, the most, and {end} at the end.")
    })
}

/// What differs, all of it together.
pub fn causes(finding: &PathFinding, of: &Optimizer) -> String {
    let each: Vec<_> = finding.causes.iter().map(|cause| in_words(cause, of)).collect();
    each.join(", and ")
}

fn in_words(cause: &PathCause, of: &Optimizer) -> String {
    match cause {
        PathCause::Slip(kind) => slip(*kind).to_owned(),
        PathCause::NoSchedule => "the learning rate stays the same: the schedule is left out".to_owned(),
        PathCause::Method(name) => format!("it is {name}, with the settings that both have"),
        PathCause::Setting { key, expected, found } => {
            let param = of.params.iter().find(|param| param.key == *key);
            let value = |value: &Value| match (value, param.map(|param| param.kind)) {
                (Value::Number(number), _) => text::digits(*number, 6),
                (Value::Switch(on), _) => if *on { "on" } else { "off" }.to_owned(),
                (Value::Choice(index), Some(Kind::Choice { alternatives })) => {
                    alternatives.get(*index).map_or_else(String::new, |one| one.name.to_owned())
                }
                _ => String::new(),
            };
            let title = param.map_or_else(|| key.clone(), thalweg_core::spec::param::Param::title);
            format!("{title} ({key}) is {}, not {}", value(found), value(expected))
        }
    }
}

/// A mistake, in words.
fn slip(kind: SlipKind) -> &'static str {
    match kind {
        SlipKind::NoBiasCorrection => {
            "the averages are not corrected for their start at zero (bias correction)"
        }
        SlipKind::NoCorrectionOfMean => "the average of the gradients is not corrected for its start at zero",
        SlipKind::NoCorrectionOfSquares => {
            "the average of the squared gradients is not corrected for its start at zero"
        }
        SlipKind::StepsCountedLate => "the bias corrections count steps from 2: t is one too large",
        SlipKind::StepsCountedEarly => "the bias corrections count the first step twice: t is one too small",
        SlipKind::CorrectedWithoutPower => "the bias corrections divide by 1 - β, without the power t",
        SlipKind::CorrectionKept => "the corrected averages are stored, and so corrected again at each step",
        SlipKind::EpsilonInside => "ε is added under the root, not beside it",
        SlipKind::EpsilonOutside => "ε is added beside the root, not under it",
        SlipKind::EpsilonBeforeCorrection => "ε is added before the average of the squares is corrected",
        SlipKind::NoEpsilon => "ε is missing",
        SlipKind::NoRoot => "the square root is missing",
        SlipKind::NoSquare => "the gradient is not squared",
        SlipKind::SquareOfLength => {
            "the square is that of the gradient's length, not one for each coordinate"
        }
        SlipKind::SquareOfMean => "the average of the gradients is squared, not the gradient",
        SlipKind::FreshShareWhole => "the new gradient is not multiplied by 1 - β",
        SlipKind::FreshShareOnly => "the new gradient is multiplied by 1 - β",
        SlipKind::SharesSwapped => "β and 1 - β have changed places",
        SlipKind::BetasSwapped => "β₁ and β₂ have changed places",
        SlipKind::DecayCoupled => "weight decay is added to the gradient (L2), not taken off the position",
        SlipKind::DecayDecoupled => {
            "weight decay is taken off the position (decoupled), not added to the gradient"
        }
        SlipKind::DecayWithoutRate => "weight decay is not multiplied by the learning rate",
        SlipKind::NoDecay => "weight decay is left out",
        SlipKind::DecayNotAdded => "weight decay has the wrong sign",
        SlipKind::GradientHere => "the gradient is taken where x stands, not ahead of it",
        SlipKind::NoLookAhead => "the look-ahead is missing: this is plain momentum",
        SlipKind::GradientAhead => "the gradient is taken ahead of x, not where x stands",
        SlipKind::RateTwice => "the learning rate counts twice",
        SlipKind::Uphill => "the sign is wrong: it goes uphill",
        SlipKind::GradientsPileUp => {
            "gradients add up from step to step: they are never set to zero (zero_grad)"
        }
        SlipKind::GradientDoubled => "the gradient is twice what it should be, as of a square without its ½",
        SlipKind::GradientHalved => "the gradient is half of what it should be",
        SlipKind::GradientNormed => "the gradient is divided by its length",
        SlipKind::CoordinatesInTurn => {
            "one coordinate is moved first, and the other's gradient is taken there"
        }
        SlipKind::LossSummed => "the loss is summed over the examples, not averaged",
        SlipKind::LossDividedTwice => "the loss is divided by the number of examples twice",
        SlipKind::StateUpdatedLate => {
            "x is moved with what was remembered before this step: the update comes too late"
        }
        SlipKind::StateUpdatedEarly => {
            "what is remembered takes in the gradient before it is used: the update comes too early"
        }
        SlipKind::LookAheadWhole => "the gradient is taken a whole velocity ahead, not β of it",
        SlipKind::LookBack => "the look-ahead has the wrong sign: the gradient is taken behind x",
        SlipKind::GradientForgotten => "the new gradient is multiplied by β, too",
    }
}
