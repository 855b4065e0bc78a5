#!/usr/bin/env python3
"""Adam on the surface TwoWells: prints step,x,y,loss for every step.

Written by Thalweg. Needs NumPy.
"""
# The classic five
# surface: TwoWells(barrier: 1, tilt: 0.3, steepness: 2)
# optimizer: Adam(lr: 0.03, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0, bias_correction: true, amsgrad: false, form: PyTorch)
import math

import numpy as np

np.seterr(all="ignore")  # what is not finite ends the run


# The surface: barrier·(x² - 1)² + tilt·x + steepness·y²/2
def f(x, y):
    barrier, tilt, steepness = 1.0, 0.3, 2.0
    return barrier*(x**2 - 1)**2 + tilt*x + steepness*y**2/2


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


# Whether another step follows: a run ends after 300 steps, or where it has diverged.
def goes_on(t, x, y, loss, gx, gy):
    return (t < 300 and abs(x) <= 1e12 and abs(y) <= 1e12
            and math.isfinite(loss) and math.isfinite(math.hypot(gx, gy)))


# Adam: Momentum over a root mean square of the gradients, both corrected for their start at zero.
x = np.array([1.8, 1.1])  # the start
alpha = 0.03  # lr: the length of a step per unit of gradient
beta1 = 0.9  # beta1: decay rate of the average of the gradients
beta2 = 0.999  # beta2: decay rate of the average of the squared gradients
eps = 1e-8  # eps: keeps the division finite, and limits the step where gradients are tiny
m = np.zeros(2)  # moving average of the gradient
v = np.zeros(2)  # moving average of the squared gradient
t = 0  # the number of steps made

print("step,x,y,loss")
print(t, *x, loss(x), sep=",")
while goes_on(t, *x, loss(x), *gradient(x)):
    t += 1
    g = gradient(x)  # the gradient where x stands: it leads uphill
    m = beta1*m + (1 - beta1)*g  # moving average of the gradient
    v = beta2*v + (1 - beta2)*g**2  # moving average of the squared gradient
    m_hat = m/(1 - beta1**t)  # m, corrected for its start at zero
    v_hat = v/(1 - beta2**t)  # v, corrected for its start at zero
    eta = alpha/(np.sqrt(v_hat) + eps)  # the effective learning rate of each coordinate
    x = x - eta*m_hat  # the next position
    print(t, *x, loss(x), sep=",")
