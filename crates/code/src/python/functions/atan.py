def atan(u):
    return u.along(atan(u.v), 1/(1 + u.v*u.v)) if isinstance(u, Dual) else np.arctan(u)
