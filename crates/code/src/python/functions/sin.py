def sin(u):
    return u.along(sin(u.v), cos(u.v)) if isinstance(u, Dual) else np.sin(u)
