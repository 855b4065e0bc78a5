#!/usr/bin/env python3
"""Bfgs on the surface Quadratic: prints step,x,y,loss for every step.

Written by Thalweg. Needs NumPy.
"""
# BFGS learns the curvature
# surface: Quadratic(lambda_min: 1, kappa: 10, angle: 30)
# optimizer: Bfgs(c1: 0.0001, c2: 0.9)
# Note: torch.optim has L-BFGS alone: these are the method's own lines, with NumPy
import math

import numpy as np

np.seterr(all="ignore")  # what is not finite ends the run


# The surface: λ_min·(u² + κ·v²)/2 with (u, v) the axes turned by the angle
def f(x, y):
    lambda_min, kappa, angle = 1.0, 10.0, 30.0
    u = x*cos(angle*math.pi/180) + y*sin(angle*math.pi/180)
    v = y*cos(angle*math.pi/180) - x*sin(angle*math.pi/180)
    return lambda_min*(u**2 + kappa*v**2)/2


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


def wolfe(x, g, d, first):
    """A length along d at which f and its slope have fallen enough (strong Wolfe conditions), trying `first` first.

    0 if there is none. Nocedal and Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6.
    """
    def trial(a):
        """The length a, and the value and slope of f there."""
        p = x + a*d
        return a, loss(p), gradient(p) @ d

    def is_finite(here):
        return math.isfinite(here[1]) and math.isfinite(here[2])

    def is_high(here, before):
        allowed = start[1] + c1*here[0]*start[2]
        return not is_finite(here) or here[1] > allowed or (before[0] > 0 and here[1] >= before[1])

    def is_flat(here):
        return abs(here[2]) <= -c2*start[2]

    def cubic_minimizer(p, q):
        width = q[0] - p[0]
        one = p[2] + q[2] - 3*(q[1] - p[1])/width
        root = np.sqrt(one*one - p[2]*q[2])
        two = -root if width < 0 else root
        return q[0] - width*((q[2] + two - one)/(q[2] - p[2] + 2*two))

    def between(low, high):
        for turn in range(60):
            width = high[0] - low[0]
            part = (cubic_minimizer(low, high) - low[0])/width
            part = 0.5 if math.isnan(part) or turn % 3 == 2 else min(max(part, 0.1), 0.9)
            here = trial(low[0] + width*part)
            if any((x + here[0]*d == x + end[0]*d).all() for end in (low, high)):
                return 0.0
            if is_high(here, low) or here[1] >= low[1]:
                high = here
                continue
            if is_flat(here):
                return here[0]
            if here[2]*width >= 0:
                high = low
            low = here
        return 0.0

    start = 0.0, loss(x), g @ d
    if not (start[2] < 0 and is_finite(start)):
        return 0.0
    before, here = start, trial(first)
    for _ in range(60):
        if is_high(here, before):
            return between(before, here)
        if is_flat(here):
            return here[0]
        if here[2] >= 0:
            return between(here, before)
        advance = here[0] - before[0]
        near, far = here[0] + 1.1*advance, here[0] + 4*advance
        next_ = cubic_minimizer(before, here)
        if not near < next_ < far:
            next_ = near if here[0] < next_ <= near else far
        before, here = here, trial(next_)
    return here[0]


def first_trial(slope, fallen):
    """scipy's first trial, by how much f has fallen at the last step."""
    a = 2.02*fallen/slope
    return a if 0 < a < 1 else 1.0


# Whether another step follows: a run ends after 40 steps, or where it has diverged, or where the gradient is no longer than 1e-6.
def goes_on(t, x, y, loss, gx, gy):
    return (t < 40 and abs(x) <= 1e12 and abs(y) <= 1e12
            and math.isfinite(loss) and math.isfinite(math.hypot(gx, gy))
            and math.hypot(gx, gy) > 1e-6)


# Bfgs: Learns the curvature from how the gradient changes: Newton's speed without second derivatives.
x = np.array([-2.3, -0.9])  # the start
c1 = 0.0001  # c1: the share of the decrease that the slope promises which a step must bring
c2 = 0.9  # c2: the share of the slope that a step may leave
f_last = math.nan  # the loss one step ago
H = np.eye(2)  # estimate of the inverse Hessian
t = 0  # the number of steps made

print("step,x,y,loss")
print(t, *x, loss(x), sep=",")
while goes_on(t, *x, loss(x), *gradient(x)):
    t += 1
    g = gradient(x)  # the gradient where x stands: it leads uphill
    d = -H @ g  # the estimate's Newton step
    size = np.linalg.norm(g)
    a = wolfe(x, g, d, first_trial(g @ d, loss(x) - (f_last if t > 1 else loss(x) + size/2)))
    for first in (first_trial(-(g @ g), -size/2), 1.0):
        if a == 0:  # where no step is found H is forgotten
            H, d = np.eye(2), -g
            a = wolfe(x, g, d, first)
    f_last, x_last = loss(x), x
    x = x + a*d  # the next position
    s = x - x_last  # the step that was made
    y = gradient(x) - g  # how the gradient has changed over it
    # the nearest estimate that explains y
    H = (np.eye(2) - np.outer(s, y)/(s @ y)) @ H @ (np.eye(2) - np.outer(y, s)/(s @ y)) + np.outer(s, s)/(s @ y) if s @ y > 0 else H
    print(t, *x, loss(x), sep=",")
    if a == 0:
        break  # the search finds no step
