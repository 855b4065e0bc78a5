//! Methods of the literature that are not built in, typed as rules: each makes the steps of a plain program of its own.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]
#![allow(clippy::disallowed_methods, reason = "reference programs need not have the same bits everywhere")]

use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_core::catalogue::{surfaces, typed_rule};
use thalweg_core::formula::parsed_rule::ParsedRule;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

type Pair = Vector2<f64>;
type Slope<'g> = &'g dyn Fn(Pair) -> Pair;

const STEPS: u32 = 40;
const LR: f64 = 0.01;

/// Compares a rule at the learning rate 0.01 with a program: `step` makes of the number of a step, from 1, and of x the next x.
fn check(
    name: &str,
    text: &str,
    settings: &[(&str, f64)],
    mut step: impl FnMut(f64, Pair, Slope<'_>) -> Pair,
) {
    let rule = ParsedRule::read_without_slips(text, |key| settings.iter().any(|(name, _)| *name == key));
    let rule = rule.unwrap_or_else(|told| panic!("{name}: {told}"));
    let mut chosen = typed_rule::chosen(&Arc::new(rule));
    for (key, number) in settings.iter().chain(&[("lr", LR)]) {
        assert!(chosen.set(key, Value::Number(*number)), "{name}: {key}");
    }
    for surface in ["Himmelblau", "Quadratic"] {
        let objective = Objective::new(&Chosen::with_defaults(surfaces::find(surface).expect("known")));
        let start = Vector2::new(-1.5, 0.75);
        let problem = Problem::new(objective.clone(), start, STEPS);
        let mut run = Run::new(&chosen, &problem);
        run.advance(&problem, u32::MAX);
        let slope = |p: Pair| objective.value_gradient(p).gradient;
        let mut x = start;
        assert_eq!(run.trajectory().samples().len(), STEPS as usize + 1, "{name} on {surface}");
        for (sample, t) in run.trajectory().samples()[1..].iter().zip(1..) {
            x = step(f64::from(t), x, &slope);
            let off = (sample.position - x).amax();
            assert!(
                off <= 1e-10 * (1.0 + x.amax()),
                "{name} on {surface}, step {t}: {:?}, not {x:?}",
                sample.position
            );
        }
    }
}

fn square(p: Pair) -> Pair {
    p.component_mul(&p)
}

fn root(p: Pair) -> Pair {
    p.map(f64::sqrt)
}

/// A state that begins anew with each surface, which is told by the first step.
fn begin<T: Clone>(state: &mut T, first: &T, t: f64) {
    if t == 1.0 {
        *state = first.clone();
    }
}

const NONE: Pair = Vector2::new(0.0, 0.0);

#[test]
fn methods_with_momentum() {
    let mut v = [NONE; 3];
    check("AggMo", "a = g; b = 0.9*b + g; c = 0.99*c + g; x = x - lr*(a + b + c)/3", &[], |t, x, slope| {
        begin(&mut v, &[NONE; 3], t);
        let g = slope(x);
        for (v, beta) in v.iter_mut().zip([0.0, 0.9, 0.99]) {
            *v = *v * beta + g;
        }
        x - (v[0] + v[1] + v[2]) * (LR / 3.0)
    });
    let mut s = [NONE; 3];
    check(
        "PID",
        "v = a*v - lr*g; d = a*d + (1 - a)*(g - g_old); x = x + v - kd*d; g_old = g",
        &[("a", 0.8), ("kd", 0.002)],
        |t, x, slope| {
            begin(&mut s, &[NONE; 3], t);
            let g = slope(x);
            let [v, d, old] = &mut s;
            *v = *v * 0.8 - g * LR;
            *d = *d * 0.8 + (g - *old) * 0.2;
            *old = g;
            x + *v - *d * 0.002
        },
    );
    let mut v = NONE;
    check(
        "heavy ball with restarts",
        "v = 0*v if dot(g, v) > 0 else v; v = beta*v - lr*g; x = x + v",
        &[("beta", 0.95)],
        |t, x, slope| {
            begin(&mut v, &NONE, t);
            let g = slope(x);
            let kept = if g.dot(&v) > 0.0 { NONE } else { v };
            v = kept * 0.95 - g * LR;
            x + v
        },
    );
    let mut s = (1.0, None);
    check(
        "FISTA",
        "s0 = 1; q0 = x; r = (1 + sqrt(1 + 4*s^2))/2; p = x - lr*g; x = p + (s - 1)/r*(p - q); q = p; s = r",
        &[],
        |t, x, slope| {
            begin(&mut s, &(1.0, None), t);
            let (last, q): (f64, Option<Pair>) = s;
            let r = f64::midpoint(1.0, (1.0 + 4.0 * last * last).sqrt());
            let p = x - slope(x) * LR;
            s = (r, Some(p));
            p + (p - q.unwrap_or(x)) * ((last - 1.0) / r)
        },
    );
    let mut m = NONE;
    check(
        "normalized momentum",
        "m = beta*m + (1 - beta)*g; x = x - lr*m/norm(m)",
        &[("beta", 0.9)],
        |t, x, slope| {
            begin(&mut m, &NONE, t);
            m = m * 0.9 + slope(x) * 0.1;
            x - m * (LR / m.norm())
        },
    );
    let mut m = NONE;
    check(
        "Tiger",
        "m = beta*m + (1 - beta)*g; x = x - lr*sign(m) - lr*w*x",
        &[("beta", 0.9), ("w", 0.1)],
        |t, x, slope| {
            begin(&mut m, &NONE, t);
            m = m * 0.9 + slope(x) * 0.1;
            x - m.map(|m| if m == 0.0 { 0.0 } else { m.signum() }) * LR - x * (LR * 0.1)
        },
    );
    check("extragradient", "y = x - lr*grad(x); x = x - lr*grad f(y)", &[], |_, x, slope| {
        x - slope(x - slope(x) * LR) * LR
    });
}

/// β₁ = 0.9, β₂ = 0.99 and ε = 1e-8 for all of them.
const BETAS: [(&str, f64); 3] = [("beta1", 0.9), ("beta2", 0.99), ("eps", 1e-8)];

fn moments(s: &mut [Pair; 3], g: Pair) {
    s[0] = s[0] * 0.9 + g * 0.1;
    s[1] = s[1] * 0.99 + square(g) * 0.01;
}

#[test]
fn methods_like_adam() {
    const AVERAGES: &str = "m = beta1*m + (1 - beta1)*g; v = beta2*v + (1 - beta2)*g^2; ";
    let none = [NONE; 3];
    let mut s = none;
    let padam = format!("{AVERAGES} h = max(h, v); x = x - lr*m/h^p");
    check("Padam", &padam, &[BETAS[0], BETAS[1], ("p", 0.125)], |t, x, slope| {
        begin(&mut s, &none, t);
        moments(&mut s, slope(x));
        s[2] = s[2].zip_map(&s[1], f64::max);
        x - s[0].component_div(&s[2].map(|h| h.powf(0.125))) * LR
    });
    let mut s = none;
    check(
        "AdaShift",
        "v = beta2*v + (1 - beta2)*g_old^2 if t > 1 else v
         x = x - lr*g/(sqrt(v/(1 - beta2^(t - 1))) + eps) if t > 1 else x
         g_old = g",
        &BETAS[1..],
        |t, x, slope| {
            begin(&mut s, &none, t);
            let g = slope(x);
            let next = if t > 1.0 {
                s[1] = s[1] * 0.99 + square(s[0]) * 0.01;
                let v = s[1] / (1.0 - 0.99_f64.powf(t - 1.0));
                x - g.component_div(&root(v).add_scalar(1e-8)) * LR
            } else {
                x
            };
            s[0] = g;
            next
        },
    );
    let mut s = none;
    check(
        "LaProp",
        "v = beta2*v + (1 - beta2)*g^2; m = beta1*m + (1 - beta1)*g/(sqrt(v/(1 - beta2^t)) + eps); x = x - lr*m/(1 - beta1^t)",
        &BETAS,
        |t, x, slope| {
            begin(&mut s, &none, t);
            let g = slope(x);
            s[1] = s[1] * 0.99 + square(g) * 0.01;
            let v = s[1] / (1.0 - 0.99_f64.powf(t));
            s[0] = s[0] * 0.9 + g.component_div(&root(v).add_scalar(1e-8)) * 0.1;
            x - s[0] * (LR / (1.0 - 0.9_f64.powf(t)))
        },
    );
    let corrected = |s: &[Pair; 3], t: f64| (s[0] / (1.0 - 0.9_f64.powf(t)), s[1] / (1.0 - 0.99_f64.powf(t)));
    let mut s = none;
    let swats = format!(
        "{AVERAGES} x = x - lr*(m/(1 - beta1^t))/(sqrt(v/(1 - beta2^t)) + eps) if t <= 20 else x - 0.1*lr*g"
    );
    check("SWATS", &swats, &BETAS, |t, x, slope| {
        begin(&mut s, &none, t);
        let g = slope(x);
        moments(&mut s, g);
        let (m, v) = corrected(&s, t);
        if t <= 20.0 { x - m.component_div(&root(v).add_scalar(1e-8)) * LR } else { x - g * (0.1 * LR) }
    });
    let mut s = none;
    let adamod = format!(
        "{AVERAGES} h = lr/(sqrt(v/(1 - beta2^t)) + eps); s = beta3*s + (1 - beta3)*h; x = x - min(h, s).*m/(1 - beta1^t)"
    );
    check("AdaMod", &adamod, &[BETAS[0], BETAS[1], BETAS[2], ("beta3", 0.9)], |t, x, slope| {
        begin(&mut s, &none, t);
        moments(&mut s, slope(x));
        let (m, v) = corrected(&s, t);
        let h = root(v).map(|root| LR / (root + 1e-8));
        s[2] = s[2] * 0.9 + h * 0.1;
        x - h.zip_map(&s[2], f64::min).component_mul(&m)
    });
    let mut s = none;
    let bound = format!(
        "{AVERAGES} low = end*(1 - 1/((1 - beta2)*t + 1)); high = end*(1 + 1/((1 - beta2)*t)); x = x - clip(lr/sqrt(v), low, high).*m"
    );
    check("AdaBound", &bound, &[BETAS[0], BETAS[1], ("end", 0.02)], |t, x, slope| {
        begin(&mut s, &none, t);
        moments(&mut s, slope(x));
        let (low, high) = (0.02 * (1.0 - 1.0 / (0.01 * t + 1.0)), 0.02 * (1.0 + 1.0 / (0.01 * t)));
        x - root(s[1]).map(|root| (LR / root).max(low).min(high)).component_mul(&s[0])
    });
    let mut s = none;
    check(
        "AdaFom",
        "m = beta1*m + (1 - beta1)*g; v = (1 - 1/t)*v + g^2/t; x = x - lr/sqrt(t)*m/sqrt(v)",
        &BETAS[..1],
        |t, x, slope| {
            begin(&mut s, &none, t);
            let g = slope(x);
            s[0] = s[0] * 0.9 + g * 0.1;
            s[1] = s[1] * (1.0 - 1.0 / t) + square(g) / t;
            x - s[0].component_div(&root(s[1])) * (LR / t.sqrt())
        },
    );
    let mut s = (0.0, NONE);
    check(
        "NovoGrad",
        "v = dot(g, g) if t = 1 else beta2*v + (1 - beta2)*dot(g, g); m = beta1*m + g/(sqrt(v) + eps); x = x - lr*m",
        &BETAS,
        |t, x, slope| {
            begin(&mut s, &(0.0, NONE), t);
            let g = slope(x);
            s.0 = if t == 1.0 { g.dot(&g) } else { 0.99 * s.0 + 0.01 * g.dot(&g) };
            s.1 = s.1 * 0.9 + g / (s.0.sqrt() + 1e-8);
            x - s.1 * LR
        },
    );
    let mut s = none;
    let lamb = format!(
        "{AVERAGES} r = (m/(1 - beta1^t))/(sqrt(v/(1 - beta2^t)) + eps) + w*x; x = x - lr*norm(x)/norm(r)*r"
    );
    check("LAMB", &lamb, &[BETAS[0], BETAS[1], BETAS[2], ("w", 0.1)], |t, x, slope| {
        begin(&mut s, &none, t);
        moments(&mut s, slope(x));
        let (m, v) = corrected(&s, t);
        let r = m.component_div(&root(v).add_scalar(1e-8)) + x * 0.1;
        x - r * (LR * x.norm() / r.norm())
    });
    let mut s = none;
    check(
        "Apollo",
        "n = beta*m + (1 - beta)*g; a = (dot(d, n - m) + dot(d, B.*d))/(dot(d^2, d^2) + eps); B = B - a*d^2
         d = n/max(abs(B), 1); m = n; x = x - lr*d",
        &[("beta", 0.9), ("eps", 1e-4)],
        |t, x, slope| {
            begin(&mut s, &none, t);
            let [m, d, b] = &mut s;
            let next = *m * 0.9 + slope(x) * 0.1;
            let squares = square(*d);
            let a = (d.dot(&(next - *m)) + d.dot(&b.component_mul(d))) / (squares.dot(&squares) + 1e-4);
            *b -= squares * a;
            *d = next.component_div(&b.map(|b| b.abs().max(1.0)));
            *m = next;
            x - *d * LR
        },
    );
}
