//! What a class types into the editor of rules before it is right: each is told what to write, at its place.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::formula::parsed_rule::ParsedRule;

#[test]
fn a_class_is_told_what_to_write() {
    for (text, at, words) in [
        // As Python has it.
        ("x -= lr*g", 2, "write `x = x - ...`"),
        ("v *= beta; x = x - lr*v", 2, "write `v = v * ...`"),
        ("x = x - lr*g/np.sqrt(v)", 15, "`np.` is not needed"),
        ("self.m = beta*m + g; x = x - lr*m", 4, "`self.` is not needed"),
        ("x = x - lr*x.grad", 12, "the gradient at `x` is written `grad(x)`"),
        ("x = x - lr*g.T", 12, "its transpose is `g^T`"),
        ("x[0] = x[0] - lr*g[0]", 1, "one coordinate of x is `dot(e1, x)`"),
        ("for t in range(10): x = x - lr*g", 4, "`=` is missing"),
        ("x = x - lr*g # descent", 13, "`#` is not allowed"),
        ("m = zeros(2); x = x - lr*m", 4, "`0*x`"),
        ("x = x - lr*randn()*g", 11, "`normal()`"),
        ("x = x - lr*g if norm(g) > 1", 27, "what else?"),
        ("x = x - lr*g // 2", 14, "something is missing"),
        // Other names for the same.
        ("w = w - lr*grad(w)", 0, "the position is called `x`"),
        ("theta = theta - alpha*g", 0, "the position is called `x`"),
        ("x = x - lr*gradient(x)", 11, "as `grad(x)`"),
        ("x = x - lr*g(x)", 11, "as `grad(x)`"),
        ("x = x - lr*hessian(x)^-1*g", 11, "as `hess(x)`"),
        ("x = x - lr*loss(x)*g", 11, "as `f(x)`"),
        ("x = x - lr*inv(H)*g", 11, "`H^-1*g`"),
        // Coordinates that are no names here.
        ("x = x - lr*x1", 11, "`dot(e1, x)`"),
        ("x = x - lr*w2*g", 11, "`dot(e2, x)`"),
        ("x = x - lr*x_2*g", 11, "`dot(e2, x)`"),
        ("x = x - lr*g_y", 11, "`dot(e2, g)`"),
        ("x = x - lr*gx*e1", 11, "`dot(e1, g)`"),
    ] {
        let told = ParsedRule::read_without_slips(text, |_| false).expect_err(text);
        assert!(told.message.contains(words), "{text}: {told}");
        assert_eq!(told.at, at, "{text}: {told}");
    }
    // What is advised can be read.
    for text in [
        "x = x - lr*dot(e1, x)*e1",
        "x = x - lr*dot(e2, g)*e2",
        "v = v*beta; x = x - lr*grad(x) - v",
        "m = 0*x; x = x - lr*(g + normal() - uniform()) - m",
        "H = hess(x); x = x - H^-1*g",
    ] {
        let read = ParsedRule::read_without_slips(text, |_| false);
        assert!(read.is_ok(), "{text}: {read:?}");
    }
}

/// Coordinates of a typed function are x and y, whatever they are called elsewhere.
#[test]
fn axes_with_other_names_are_told() {
    for (text, words) in [
        ("w1^2 + w2^2", "did you mean `x`"),
        ("x1*x2", "did you mean `x`"),
        ("x + w2^2", "did you mean `y`"),
        ("theta1^2 + 10*theta2^2", "did you mean `x`"),
        ("theta_2^2", "did you mean `y`"),
        ("x[0]^2 + x[1]^2", "the coordinates are x and y"),
        ("randn(x)", "`gradient: Noise(sigma: 0.1)`"),
    ] {
        let told = ParsedFormula::read_without_slips(text, |_| false).expect_err(text);
        assert!(told.message.contains(words), "{text}: {told}");
    }
    // Beside x and y they may be constants.
    assert!(ParsedFormula::read_without_slips("theta1*x^2 + theta2*y^2", |_| false).is_ok());
}
