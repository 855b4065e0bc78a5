#!/usr/bin/env python3
"""GradientDescent on the surface Quadratic: prints step,x,y,loss for every step.

Written by Thalweg. Needs PyTorch.
"""
# The noise floor, and how to sink below
# surface: Quadratic(lambda_min: 1, kappa: 4, angle: 20)
# runner: cosine
# optimizer: GradientDescent(lr: 0.2, weight_decay: 0)
# schedule: Cosine(total: 400, min_factor: 0, hold: false)
# Note: the noise of the gradients is left out: every step is given the exact one
import math

import torch

torch.set_default_dtype(torch.float64)


# The surface: λ_min·(u² + κ·v²)/2 with (u, v) the axes turned by the angle
def f(x, y):
    lambda_min, kappa, angle = 1.0, 4.0, 20.0
    u = x*math.cos(angle*math.pi/180) + y*math.sin(angle*math.pi/180)
    v = y*math.cos(angle*math.pi/180) - x*math.sin(angle*math.pi/180)
    return lambda_min*(u**2 + kappa*v**2)/2


# The schedule Cosine, α₀·(m + (1 - m)·(1 + cos(πt/T))/2): what multiplies α₀ after t steps
# Loshchilov and Hutter, SGDR (2017); PyTorch's CosineAnnealingLR rises again after T, optax holds
def schedule(t):
    T = 400
    m = 0.0
    return m + (1 - m)*(1 + math.cos(math.pi*(t % (2*T))/T))/2


# Whether another step follows: a run ends after 400 steps, or where it has diverged.
def goes_on(t, x, y, loss, gx, gy):
    return (t < 400 and abs(x) <= 1e12 and abs(y) <= 1e12
            and math.isfinite(loss) and math.isfinite(math.hypot(gx, gy)))


p = torch.tensor([-2.5, 1.0], requires_grad=True)  # the start
optimizer = torch.optim.SGD([p], lr=0.2)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule)

print("step,x,y,loss")
for t in range(401):
    optimizer.zero_grad()
    loss = f(*p)
    loss.backward()
    print(t, *p.tolist(), loss.item(), sep=",")
    if not goes_on(t, *p.tolist(), loss.item(), *p.grad.tolist()):
        break
    optimizer.step()
    scheduler.step()
