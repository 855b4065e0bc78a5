def atan2(a, b):
    """The angle of the point (b, a)."""
    if not (isinstance(a, Dual) or isinstance(b, Dual)):
        return np.arctan2(a, b)
    a, b = dual(a), dual(b)
    r = hypot(a.v, b.v)
    of_a, of_b = b.v/r/r, -a.v/r/r
    return Dual(atan2(a.v, b.v), of_a*a.dx + of_b*b.dx, of_a*a.dy + of_b*b.dy)
