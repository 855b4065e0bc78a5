def log2(u):
    return u.along(log2(u.v), 1/(u.v*math.log(2))) if isinstance(u, Dual) else np.log2(u)
