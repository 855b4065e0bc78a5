#!/usr/bin/env python3
"""Paths as students bring them: PyTorch's own optimizers, and programs with one mistake, in double and single precision.

usage: tools/homework.py FOLDER
Writes the files of crates/analysis/tests/it/paths. Needs PyTorch; it was run with 2.15.
"""

import sys
from pathlib import Path

import torch

STEPS = 60


def rosenbrock(p):
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


def descend(make, dtype, forget_zero_grad=False):
    p = torch.tensor([-1.2, 1.0], dtype=dtype, requires_grad=True)
    optimizer = make([p])
    rows = [p.detach().clone()]
    for _ in range(STEPS):
        if not forget_zero_grad:
            optimizer.zero_grad()
        rosenbrock(p).backward()
        optimizer.step()
        rows.append(p.detach().clone())
    return rows


def own_adam(dtype, correct=True, inside=False, lr=0.05, b1=0.9, b2=0.999, eps=1e-8, start=1):
    p = torch.tensor([-1.2, 1.0], dtype=dtype, requires_grad=True)
    m = v = torch.zeros(2, dtype=dtype)
    rows = [p.detach().clone()]
    for t in range(start, STEPS + start):
        p.grad = None
        rosenbrock(p).backward()
        g = p.grad
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * g**2
        mh, vh = (m / (1 - b1**t), v / (1 - b2**t)) if correct else (m, v)
        step = lr * mh / torch.sqrt(vh + eps) if inside else lr * mh / (torch.sqrt(vh) + eps)
        with torch.no_grad():
            p -= step
        rows.append(p.detach().clone())
    return rows


def main(folder):
    single, double = torch.float32, torch.float64
    paths = {
        "adam_double": descend(lambda p: torch.optim.Adam(p, lr=0.05), double),
        "adam_single": descend(lambda p: torch.optim.Adam(p, lr=0.05), single),
        "adamw_single": descend(lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1), single),
        "momentum_single": descend(lambda p: torch.optim.SGD(p, lr=5e-4, momentum=0.9), single),
        "dampened_double": descend(lambda p: torch.optim.SGD(p, lr=5e-4, momentum=0.9, dampening=0.9), double),
        "no_zero_grad_single": descend(lambda p: torch.optim.SGD(p, lr=2e-4), single, forget_zero_grad=True),
        "uncorrected_single": own_adam(single, correct=False),
        "late_double": own_adam(double, start=2),
        "nadam_double": descend(lambda p: torch.optim.NAdam(p, lr=0.05), double),
        "beta_single": own_adam(single, b2=0.99),
    }
    for name, rows in paths.items():
        lines = [f"{float(x)!r},{float(y)!r}" for x, y in rows]
        Path(folder, f"{name}.csv").write_text("x,y\n" + "\n".join(lines) + "\n")
    printed = "\n".join(str(p) for p in own_adam(single, inside=True, eps=1.0))
    Path(folder, "printed_inside.txt").write_text(printed + "\n")


main(sys.argv[1])
