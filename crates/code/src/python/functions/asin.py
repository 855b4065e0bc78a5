def asin(u):
    return u.along(asin(u.v), 1/sqrt((1 - u.v)*(1 + u.v))) if isinstance(u, Dual) else np.arcsin(u)
