def tan(u):
    if not isinstance(u, Dual):
        return np.tan(u)
    v = tan(u.v)
    return u.along(v, 1 + v*v)
