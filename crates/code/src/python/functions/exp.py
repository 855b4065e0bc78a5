def exp(u):
    if not isinstance(u, Dual):
        return np.exp(u)
    v = exp(u.v)
    return u.along(v, v)
