def hypot(a, b):
    if not (isinstance(a, Dual) or isinstance(b, Dual)):
        return np.hypot(a, b)
    a, b = dual(a), dual(b)
    r = hypot(a.v, b.v)
    return Dual(r, a.v/r*a.dx + b.v/r*b.dx, a.v/r*a.dy + b.v/r*b.dy)
