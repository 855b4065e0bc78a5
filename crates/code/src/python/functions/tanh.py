def tanh(u):
    if not isinstance(u, Dual):
        return np.tanh(u)
    sech = 2/(exp(u.v) + exp(-u.v))
    return u.along(tanh(u.v), sech*sech)
