def power(a, b):
    """a^b where the exponent varies, too."""
    if not (isinstance(a, Dual) or isinstance(b, Dual)):
        return np.power(a, b)
    a, b = dual(a), dual(b)
    v = power(a.v, b.v)
    of_a, of_b = b.v*power(a.v, b.v - 1), v*log(a.v)
    return Dual(v, of_a*a.dx + of_b*b.dx, of_a*a.dy + of_b*b.dy)
