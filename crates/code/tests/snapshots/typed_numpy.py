#!/usr/bin/env python3
"""GradientDescent on the surface Formula: prints step,x,y,loss for every step.

Written by Thalweg. Needs NumPy.
"""
# Your own function
# surface: Formula(f: "(x^2 + y^2)/8 + a*sin(k*x)*sin(k*y)", a: 0.5, k: 2)
# optimizer: GradientDescent(lr: 0.1, weight_decay: 0)
import math

import numpy as np

np.seterr(all="ignore")  # what is not finite ends the run


# The surface: what was typed
def f(x, y):
    a, k = 0.5, 2.0
    return (x**2 + y**2)/8 + a*sin(k*x)*sin(k*y)


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


def sin(u):
    return u.along(sin(u.v), cos(u.v)) if isinstance(u, Dual) else np.sin(u)


def cos(u):
    return u.along(cos(u.v), -sin(u.v)) if isinstance(u, Dual) else np.cos(u)


# Whether another step follows: a run ends after 200 steps, or where it has diverged.
def goes_on(t, x, y, loss, gx, gy):
    return (t < 200 and abs(x) <= 1e12 and abs(y) <= 1e12
            and math.isfinite(loss) and math.isfinite(math.hypot(gx, gy)))


# GradientDescent: A step straight down the slope, in proportion to it.
x = np.array([3.0, 0.9])  # the start
alpha = 0.1  # lr: the length of a step per unit of gradient
t = 0  # the number of steps made

print("step,x,y,loss")
print(t, *x, loss(x), sep=",")
while goes_on(t, *x, loss(x), *gradient(x)):
    t += 1
    g = gradient(x)  # the gradient where x stands: it leads uphill
    x = x - alpha*g  # the next position: against the gradient, α times its length
    print(t, *x, loss(x), sep=",")
