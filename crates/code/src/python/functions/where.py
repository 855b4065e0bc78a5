def where(condition, a, b):
    if not (isinstance(a, Dual) or isinstance(b, Dual)):
        return np.where(condition, a, b)
    a, b = dual(a), dual(b)
    return Dual(where(condition, a.v, b.v), where(condition, a.dx, b.dx), where(condition, a.dy, b.dy))
