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
