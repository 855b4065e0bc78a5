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
        ("x = x - lr*g # descent", 13, "there are no comments"),
        ("x = x - lr*g if t != 3 else x", 18, "`!=` is not allowed: choose the other way round"),
        ("x = x - lr*“g”", 11, "there are no quotes"),
        ("m = beta*m + g  x = x - lr*m", 16, "`;` is missing before `x`"),
        ("m = beta*m + g, x = x - lr*m", 14, "between two assignments stands `;`"),
        // As papers have it.
        (r"x = x - lr*\nabla f(x)", 11, "the gradient at `x` is written `grad(x)`"),
        (r"m = \beta*m + g; x = x - lr*m", 4, "write `beta`"),
        (r"v = \varepsilon*v; x = x - lr*g", 4, "write `epsilon`"),
        (r"x = x - \frac{lr}{2}*g", 8, "a quotient is written `a/b`"),
        (r"x = x - lr*m\odot g", 12, "written `a.*b`"),
        (r"x \leftarrow x - lr*g", 2, "written with `=` or `<-`"),
        (r"x = x - hess(x)\g", 15, "`H^-1*g` solves"),
        ("x_{t+1} = x_t - lr*g_t", 2, "the new value of `x` is called `x` as well"),
        ("x = x_t - lr*g", 4, "`x`, without an index"),
        ("m = beta*m + g_t; x = x - lr*m", 13, "`g`, without an index"),
        ("x = x - lr*∂f", 11, "written `grad(x)`"),
        ("x = x - lr*f'(x)", 12, "written `g^T`, the gradient at `x` `grad(x)`"),
        ("x = x - lr*df/dx", 11, "the gradient `g`, or `grad(x)`"),
        ("x = x - lr*(A@g)", 13, "written with `*`"),
        // What would do nothing, or something else than it looks like.
        (
            "lr = lr*0.99; x = x - lr*g",
            0,
            "give the card a schedule, or write what it begins with, as in `lr0 = 0.1`",
        ),
        (
            "P = P*mu; x = x - lr*g/(1 - P)",
            0,
            "`P` is 0 at first and stays 0: write what it begins with, as in `P0 = 1`",
        ),
        ("m = beta1*m + (1 - beta_1)*g; x = x - lr*m", 4, "`beta1` and `beta_1` would be two settings"),
        ("G = G + g*g^T; x = x - lr*G^-0.5*g", 27, "of a matrix there are no powers but its inverse"),
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
        "v0 = 1; v = v*beta; x = x - lr*v*grad(x)",
        "m = 0*x; x = x - lr*(g + normal() - uniform()) - m",
        "H = hess(x); x = x - H^-1*g",
        "lr0 = 0.1; lr = lr*0.99; x = x - lr*g",
        "v = beta*v + g.^2; x = x - lr*g./(sqrt(v) + eps)",
        "G = G + g*g^T; x = x - lr*sqrt(G)^-1*g",
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
