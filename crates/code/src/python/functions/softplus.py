def softplus(u):
    """ln(1 + e^u)"""
    return u.along(softplus(u.v), sigmoid(u.v)) if isinstance(u, Dual) else np.logaddexp(u, 0.0)
