def acos(u):
    return u.along(acos(u.v), -1/sqrt((1 - u.v)*(1 + u.v))) if isinstance(u, Dual) else np.arccos(u)
