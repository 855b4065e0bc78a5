#!/usr/bin/env python3
"""Prints the reference values of `crates/analysis/tests/it/watching_schedules.rs`. Needs torch and optax."""

import optax
import torch
from torch.optim import lr_scheduler

torch.set_default_dtype(torch.float64)


def rosenbrock(p):
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


def plateau(settings, steps=300):
    """Where the rate changes, and the end."""
    p = torch.tensor([-1.2, 1.0], requires_grad=True)
    optimizer = torch.optim.SGD([p], lr=1e-3, momentum=0.9)
    scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, eps=0, **settings)
    changes, last = [], 1e-3
    for t in range(steps):
        optimizer.zero_grad()
        loss = rosenbrock(p)
        loss.backward()
        optimizer.step()
        scheduler.step(loss.item())
        rate = optimizer.param_groups[0]["lr"]
        if rate != last:
            changes.append((t + 1, rate))
            last = rate
    return changes, p.tolist()


for settings in [
    dict(factor=0.5, patience=3),
    dict(factor=0.3, patience=0, cooldown=5, min_lr=1e-5),
    dict(factor=0.5, patience=2, threshold=0.05, cooldown=3),
    dict(factor=0.7, patience=4, threshold=0.2, threshold_mode="abs"),
]:
    print(settings, *plateau(settings), sep="\n    ")

p = torch.tensor([0.0], requires_grad=True)
optimizer = torch.optim.SGD([p], lr=1.0)
parts = [
    lr_scheduler.LinearLR(optimizer, start_factor=0.25, total_iters=8),
    lr_scheduler.ExponentialLR(optimizer, gamma=0.9),
    lr_scheduler.CosineAnnealingLR(optimizer, T_max=20),
]
scheduler = lr_scheduler.SequentialLR(optimizer, parts, milestones=[10, 25])
rates = []
for _ in range(50):
    rates.append(optimizer.param_groups[0]["lr"])
    optimizer.step()
    scheduler.step()
print([rates[t] for t in (0, 4, 9, 10, 11, 24, 25, 35, 44, 49)])

joined = optax.join_schedules(
    [optax.linear_schedule(0.25, 1.0, 8), optax.exponential_decay(1.0, 1, 0.9), optax.cosine_decay_schedule(1.0, 20)],
    [10, 25],
)
print([float(joined(t)) for t in (0, 4, 9, 10, 11, 24, 25, 35, 44)])
