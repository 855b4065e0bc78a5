def sigmoid(u):
    """1/(1 + e^-u), of which nothing overflows."""
    if not isinstance(u, Dual):
        small = np.exp(-np.abs(u))
        return np.where(u < 0, small, 1.0)/(1 + small)
    return u.along(sigmoid(u.v), sigmoid(u.v)*sigmoid(-u.v))
