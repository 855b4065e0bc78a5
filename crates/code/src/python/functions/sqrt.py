def sqrt(u):
    if not isinstance(u, Dual):
        return np.sqrt(u)
    v = sqrt(u.v)
    return u.along(v, 0.5/v)
