//! The loops that one would write by hand, for one method on Rosenbrock's function: what the
//! table-driven race is measured against.

#![allow(dead_code, missing_docs)]

use std::hint::black_box;

/// x, y, loss, length of the gradient, learning rate.
pub type PlainRow = [f64; 5];

fn slope(x: f64, y: f64) -> (f64, f64, f64) {
    let (u, v) = (1.0 - x, y - x * x);
    (u * u + 100.0 * v * v, -2.0 * u - 400.0 * x * v, 200.0 * v)
}

/// Whether the run goes on.
fn goes_on(x: f64, y: f64, loss: f64, norm: f64) -> bool {
    x.abs() <= 1e12 && y.abs() <= 1e12 && loss.is_finite() && norm.is_finite()
}

/// Gradient descent with momentum from (-1.2, 1).
pub fn momentum(steps: usize, lr: f64) -> Vec<PlainRow> {
    let (lr, beta) = (black_box(lr), black_box(0.9));
    let (mut x, mut y, mut vx, mut vy) = (-1.2, 1.0, 0.0, 0.0);
    let mut rows = Vec::with_capacity(steps + 1);
    for _ in 0..=steps {
        let (loss, gx, gy) = slope(x, y);
        let norm = f64::sqrt(gx * gx + gy * gy);
        rows.push([x, y, loss, norm, lr]);
        if !goes_on(x, y, loss, norm) {
            break;
        }
        (vx, vy) = (beta * vx + gx, beta * vy + gy);
        (x, y) = (x - lr * vx, y - lr * vy);
    }
    rows
}

/// Adam from (-1.2, 1).
pub fn adam(steps: usize, lr: f64) -> Vec<PlainRow> {
    let (lr, beta1, beta2, eps) = (black_box(lr), black_box(0.9), black_box(0.999), black_box(1e-8));
    let (mut x, mut y) = (-1.2, 1.0);
    let (mut mx, mut my, mut vx, mut vy) = (0.0, 0.0, 0.0, 0.0);
    let (mut power1, mut power2) = (1.0, 1.0);
    let mut rows = Vec::with_capacity(steps + 1);
    for _ in 0..=steps {
        let (loss, gx, gy) = slope(x, y);
        let norm = f64::sqrt(gx * gx + gy * gy);
        rows.push([x, y, loss, norm, lr]);
        if !goes_on(x, y, loss, norm) {
            break;
        }
        (mx, my) = (beta1 * mx + (1.0 - beta1) * gx, beta1 * my + (1.0 - beta1) * gy);
        (vx, vy) = (beta2 * vx + (1.0 - beta2) * gx * gx, beta2 * vy + (1.0 - beta2) * gy * gy);
        (power1, power2) = (power1 * beta1, power2 * beta2);
        if power1 < 1e-30 {
            power1 = 0.0;
        }
        let (c1, c2) = (1.0 - power1, f64::sqrt(1.0 - power2));
        x -= lr * (mx / c1 / (f64::sqrt(vx) / c2 + eps));
        y -= lr * (my / c1 / (f64::sqrt(vy) / c2 + eps));
    }
    rows
}
