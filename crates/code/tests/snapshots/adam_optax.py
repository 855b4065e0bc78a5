#!/usr/bin/env python3
"""Adam on the surface TwoWells: prints step,x,y,loss for every step.

Written by Thalweg. Needs JAX and optax.
"""
# The classic five
# surface: TwoWells(barrier: 1, tilt: 0.3, steepness: 2)
# optimizer: Adam(lr: 0.03, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0, bias_correction: true, amsgrad: false, form: PyTorch)
import math

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


# The surface: barrier·(x² - 1)² + tilt·x + steepness·y²/2
def f(x, y):
    barrier, tilt, steepness = 1.0, 0.3, 2.0
    return barrier*(x**2 - 1)**2 + tilt*x + steepness*y**2/2


# Whether another step follows: a run ends after 300 steps, or where it has diverged.
def goes_on(t, x, y, loss, gx, gy):
    return (t < 300 and abs(x) <= 1e12 and abs(y) <= 1e12
            and math.isfinite(loss) and math.isfinite(math.hypot(gx, gy)))


value_and_grad = jax.jit(jax.value_and_grad(lambda p: f(*p)))
p = jnp.array([1.8, 1.1])  # the start
optimizer = optax.adam(0.03, b1=0.9, b2=0.999, eps=1e-8)
state = optimizer.init(p)

print("step,x,y,loss")
for t in range(301):
    loss, g = value_and_grad(p)
    print(t, *p.tolist(), loss.item(), sep=",")
    if not goes_on(t, *p.tolist(), loss.item(), *g.tolist()):
        break
    updates, state = optimizer.update(g, state, p)
    p = optax.apply_updates(p, updates)
