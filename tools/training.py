#!/usr/bin/env python3
"""A loss and a path from a real training, for `surface: Grid` and `optimizer: Recorded`.

usage: tools/training.py FOLDER
Writes loss.csv and path.csv there. Needs PyTorch and NumPy; it was run with 2.15 and 2.4.
"""

import sys
from pathlib import Path

import numpy as np
import torch

torch.manual_seed(1)
angle = torch.rand(200) * 3.14
moon = torch.arange(200) % 2
data = torch.stack([angle.cos() * (1 - 2 * moon) + moon, angle.sin() * (1 - 2 * moon) + moon / 2], 1)
data += 0.1 * torch.randn(200, 2)
net = torch.nn.Sequential(torch.nn.Linear(2, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1))


# What follows is what your own training needs, whatever the net: record, project, sample.
def loss():
    return torch.nn.functional.binary_cross_entropy_with_logits(net(data)[:, 0], moon.float())


def weights():
    return torch.nn.utils.parameters_to_vector(net.parameters()).detach().double().numpy().copy()


optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
record, losses = [weights()], [loss().item()]
for _ in range(80):
    optimizer.zero_grad()
    loss().backward()
    optimizer.step()
    record.append(weights())
    losses.append(loss().item())

# The plane of the path's first two principal directions, with the last weights as the origin.
path = np.array(record)
origin, middle = path[-1], path.mean(0)
_, _, directions = np.linalg.svd(path - middle, full_matrices=False)
plane = directions[:2]
places = (path - origin) @ plane.T
feet = middle + ((path - middle) @ plane.T) @ plane
distance = np.linalg.norm(path - feet, axis=1)

# The loss on a grid in that plane, which goes through the middle of the path.
base = origin + (middle - origin) - ((middle - origin) @ plane.T) @ plane
low, high = places.min(0), places.max(0)
xs, ys = (np.linspace(l - 0.3 * (h - l), h + 0.3 * (h - l), 25) for l, h in zip(low, high))
grid = np.empty((25, 25))
for i, y in enumerate(ys):
    for j, x in enumerate(xs):
        vector = torch.tensor(base + np.array([x, y]) @ plane, dtype=torch.float32)
        torch.nn.utils.vector_to_parameters(vector, net.parameters())
        grid[i, j] = loss().item()

folder = Path(sys.argv[1])
rows = [",".join([r"y\x"] + [f"{x:.6g}" for x in xs])]
rows += [",".join(f"{v:.6g}" for v in [y, *row]) for y, row in zip(ys, grid)]
(folder / "loss.csv").write_text("\n".join(rows) + "\n")
steps = zip(places, losses, distance)
lines = [f"{step},{x:.6g},{y:.6g},{f:.6g},{d:.6g}" for step, ((x, y), f, d) in enumerate(steps)]
(folder / "path.csv").write_text("step,x,y,loss,distance\n" + "\n".join(lines) + "\n")
print(f"{100 * (1 - (distance**2).sum() / ((path - middle) ** 2).sum()):.1f} % of the path's spread lies in the plane")
