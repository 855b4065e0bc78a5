def log10(u):
    return u.along(log10(u.v), 1/(u.v*math.log(10))) if isinstance(u, Dual) else np.log10(u)
