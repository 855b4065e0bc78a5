def erf(u):
    if not isinstance(u, Dual):
        return np.vectorize(math.erf)(u)
    return u.along(erf(u.v), exp(-u.v*u.v)*(2/math.sqrt(math.pi)))
