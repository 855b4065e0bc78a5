#!/usr/bin/env python3
"""Adam on the surface TwoWells: prints step,x,y,loss for every step.

Written by Thalweg. Needs PyTorch.
"""
# The classic five
# surface: TwoWells(barrier: 1, tilt: 0.3, steepness: 2)
# optimizer: Adam(lr: 0.03, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0, bias_correction: true, amsgrad: false, form: PyTorch)
import math

import torch

torch.set_default_dtype(torch.float64)


# The surface: barrier·(x² - 1)² + tilt·x + steepness·y²/2
def f(x, y):
    barrier, tilt, steepness = 1.0, 0.3, 2.0
    return barrier*(x**2 - 1)**2 + tilt*x + steepness*y**2/2


# Whether another step follows: a run ends after 300 steps, or where it has diverged.
def goes_on(t, x, y, loss, gx, gy):
    return (t < 300 and abs(x) <= 1e12 and abs(y) <= 1e12
            and math.isfinite(loss) and math.isfinite(math.hypot(gx, gy)))


p = torch.tensor([1.8, 1.1], requires_grad=True)  # the start
optimizer = torch.optim.Adam([p], lr=0.03, betas=(0.9, 0.999), eps=1e-8)

print("step,x,y,loss")
for t in range(301):
    optimizer.zero_grad()
    loss = f(*p)
    loss.backward()
    print(t, *p.tolist(), loss.item(), sep=",")
    if not goes_on(t, *p.tolist(), loss.item(), *p.grad.tolist()):
        break
    optimizer.step()
