//! The mistakes that have a name.

/// A mistake that has a name; `src/words` has the sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlipKind {
    /// The averages are used as they are, though they began at zero.
    NoBiasCorrection,
    /// The average of the gradients is used as it is.
    NoCorrectionOfMean,
    /// The average of the squares is used as it is.
    NoCorrectionOfSquares,
    /// The corrections count the first step as the second.
    StepsCountedLate,
    /// The corrections count the second step as the first.
    StepsCountedEarly,
    /// The corrections divide by 1 - β at every step.
    CorrectedWithoutPower,
    /// The corrected averages are kept in place of the averages.
    CorrectionKept,
    /// ε is added under the root.
    EpsilonInside,
    /// ε is added beside the root.
    EpsilonOutside,
    /// ε is added before the average of the squares is corrected.
    EpsilonBeforeCorrection,
    /// There is no ε.
    NoEpsilon,
    /// The square root is missing.
    NoRoot,
    /// The gradient is not squared.
    NoSquare,
    /// The square is that of the gradient's length, one number for both coordinates.
    SquareOfLength,
    /// The average of the gradients is squared, not the gradient.
    SquareOfMean,
    /// The fresh gradient counts wholly, without the factor 1 - β.
    FreshShareWhole,
    /// The fresh gradient counts with the factor 1 - β.
    FreshShareOnly,
    /// β and 1 - β have changed places.
    SharesSwapped,
    /// β₁ and β₂ have changed places.
    BetasSwapped,
    /// Weight decay goes through the gradient.
    DecayCoupled,
    /// Weight decay shrinks the position directly.
    DecayDecoupled,
    /// Decoupled weight decay is not multiplied by the learning rate.
    DecayWithoutRate,
    /// There is no weight decay.
    NoDecay,
    /// Weight decay is subtracted from the gradient.
    DecayNotAdded,
    /// The gradient is taken at the position, not ahead of it.
    GradientHere,
    /// The step has no look-ahead: it is that of plain momentum.
    NoLookAhead,
    /// The gradient is taken ahead of the position.
    GradientAhead,
    /// The learning rate counts twice.
    RateTwice,
    /// The sign is wrong: it goes uphill.
    Uphill,
    /// Gradients are added up and never set to zero.
    GradientsPileUp,
    /// The gradient counts twice: a factor of 2 of some square.
    GradientDoubled,
    /// The gradient counts half.
    GradientHalved,
    /// The gradient is divided by its length.
    GradientNormed,
    /// The second coordinate's gradient is taken where the first has moved already.
    CoordinatesInTurn,
    /// The loss is a sum over the examples, not their mean.
    LossSummed,
    /// The mean over the examples is divided by their number once more.
    LossDividedTwice,
    /// The position is moved with the velocity or the average of the step before.
    StateUpdatedLate,
    /// What is remembered takes the gradient in before it is used.
    StateUpdatedEarly,
    /// The look-ahead goes a whole velocity ahead, not β of it.
    LookAheadWhole,
    /// The look-ahead goes backwards.
    LookBack,
    /// The new gradient is multiplied by β, too.
    GradientForgotten,
}
