def cos(u):
    return u.along(cos(u.v), -sin(u.v)) if isinstance(u, Dual) else np.cos(u)
