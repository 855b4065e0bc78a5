#!/usr/bin/env python3
"""GradientDescent on the surface LogisticRegression: prints step,x,y,loss for every step.

Written by Thalweg. Needs NumPy.
"""
# Outliers turn the line
# surface: LogisticRegression(data: Outliers, standardize: false, intercept: 0, l2: 0)
# optimizer: GradientDescent(lr: 1, weight_decay: 0)
import math

import numpy as np

np.seterr(all="ignore")  # what is not finite ends the run


# The data Outliers: x1, x2, class
DATA = np.array([
    (-1.45, -0.79, 0.0), (2.07, 0.97, 1.0), (-0.41, -1.3, 0.0), (0.7, 0.72, 1.0),
    (0.18, -0.84, 0.0), (0.86, 0.37, 1.0), (-0.28, -1.22, 0.0), (0.9, 1.13, 1.0),
    (-0.81, -0.2, 0.0), (2.16, 0.35, 1.0), (-1.36, -0.44, 0.0), (-0.41, 0.44, 1.0),
    (-0.56, -1.68, 0.0), (2.95, 1.34, 1.0), (-1.15, -1.96, 0.0), (1.17, 0.93, 1.0),
    (-2.83, 0.11, 0.0), (1.18, 0.86, 1.0), (-1.98, -0.52, 0.0), (1.49, 2.39, 1.0),
    (0.55, 1.29, 0.0), (0.59, 3.78, 1.0), (-1.41, -1.58, 0.0), (0.92, 1.13, 1.0),
    (0.51, -0.12, 0.0), (3.86, 0.62, 1.0), (-1.73, -0.03, 0.0), (0.44, 0.69, 1.0),
    (-1.7, -0.81, 0.0), (1.04, 0.46, 1.0), (-0.22, -1.04, 0.0), (1.12, 1.3, 1.0),
    (-1.8, -0.65, 0.0), (0.56, -0.62, 1.0), (-2.42, 0.28, 0.0), (1.24, -0.43, 1.0),
    (0.48, -2.77, 0.0), (0.57, 1.74, 1.0), (-1.37, -1.52, 0.0), (2.02, 2.05, 1.0),
    (-1.82, -2.13, 0.0), (-0.1, 1.47, 1.0), (-1.9, -1.77, 0.0), (-0.17, 1.36, 1.0),
    (0.08, -0.74, 0.0), (0.88, -0.94, 1.0), (-1.01, -0.69, 0.0), (0.68, 0.74, 1.0),
    (0.02, -1.27, 0.0), (2.09, 0.82, 1.0), (-1.99, -0.25, 0.0), (2.6, 0.53, 1.0),
    (-2.3, -1.25, 0.0), (2.32, 0.67, 1.0), (-1.04, -0.25, 0.0), (-0.7, 0.87, 1.0),
    (-1.2, -1.02, 0.0), (2.42, 2.85, 1.0), (-5.86, -2.15, 1.0), (-5.26, -1.42, 1.0),
    (-6.05, -1.8, 1.0), (-6.16, -1.21, 1.0), (-6.01, -1.47, 1.0), (-6.13, -1.6, 1.0),
])


# The surface: mean of -t·ln σ(z) - (1-t)·ln(1-σ(z)), z = w₁·x₁ + w₂·x₂ + b, plus λ·|w|²/2
def f(w1, w2):
    intercept = 0.0
    x1, x2, t = DATA.T
    z = w1*x1 + w2*x2 + intercept
    E = exp(where(z < 0, z, -z))
    return mean(where(z < 0, 0.0, z) + log(1 + E) - t*z) + 0.0/2*(w1**2 + w2**2)


# Exact derivatives of the surface, by the rules of calculus on every number
class Dual:
    """A number with its derivatives along both axes; one made of such numbers has second derivatives."""

    __array_ufunc__ = None  # arrays leave the arithmetic to this class

    def __init__(self, v, dx=0.0, dy=0.0):
        self.v, self.dx, self.dy = v, dx, dy

    def along(self, v, slope):
        """The chain rule, for a function with this value and this slope."""
        return Dual(v, slope*self.dx, slope*self.dy)

    def __add__(self, other):
        other = dual(other)
        return Dual(self.v + other.v, self.dx + other.dx, self.dy + other.dy)

    def __mul__(self, other):
        other = dual(other)
        return Dual(self.v*other.v, self.dx*other.v + self.v*other.dx, self.dy*other.v + self.v*other.dy)

    def __truediv__(self, other):
        other = dual(other)
        q = self.v/other.v
        return Dual(q, (self.dx - q*other.dx)/other.v, (self.dy - q*other.dy)/other.v)

    def __neg__(self):
        return Dual(-self.v, -self.dx, -self.dy)

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return dual(other)/self

    def __pow__(self, n):
        return self.along(self.v**n, n*self.v**(n - 1) if n else 0.0)

    __radd__, __rmul__ = __add__, __mul__


def dual(u):
    return u if isinstance(u, Dual) else Dual(u)


def loss(p):
    return f(*p)


def gradient(p):
    u = dual(f(Dual(p[0], 1.0, 0.0), Dual(p[1], 0.0, 1.0)))
    return np.array([u.dx, u.dy])


def plain(u):
    """The number itself, without its derivatives."""
    return plain(u.v) if isinstance(u, Dual) else u


Dual.__lt__ = lambda u, other: plain(u) < plain(other)
Dual.__gt__ = lambda u, other: plain(u) > plain(other)
Dual.__le__ = lambda u, other: plain(u) <= plain(other)
Dual.__ge__ = lambda u, other: plain(u) >= plain(other)
Dual.__eq__ = lambda u, other: plain(u) == plain(other)


def where(condition, a, b):
    if not (isinstance(a, Dual) or isinstance(b, Dual)):
        return np.where(condition, a, b)
    a, b = dual(a), dual(b)
    return Dual(where(condition, a.v, b.v), where(condition, a.dx, b.dx), where(condition, a.dy, b.dy))


def exp(u):
    if not isinstance(u, Dual):
        return np.exp(u)
    v = exp(u.v)
    return u.along(v, v)


def log(u):
    return u.along(log(u.v), 1/u.v) if isinstance(u, Dual) else np.log(u)


def mean(u):
    return Dual(mean(u.v), mean(u.dx), mean(u.dy)) if isinstance(u, Dual) else np.mean(u)


# Whether another step follows: a run ends after 150 steps, or where it has diverged.
def goes_on(t, x, y, loss, gx, gy):
    return (t < 150 and abs(x) <= 1e12 and abs(y) <= 1e12
            and math.isfinite(loss) and math.isfinite(math.hypot(gx, gy)))


# GradientDescent: A step straight down the slope, in proportion to it.
x = np.array([-3.0, -2.0])  # the start
alpha = 1.0  # lr: the length of a step per unit of gradient
t = 0  # the number of steps made

print("step,x,y,loss")
print(t, *x, loss(x), sep=",")
while goes_on(t, *x, loss(x), *gradient(x)):
    t += 1
    g = gradient(x)  # the gradient where x stands: it leads uphill
    x = x - alpha*g  # the next position: against the gradient, α times its length
    print(t, *x, loss(x), sep=",")
