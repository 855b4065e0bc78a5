def mean(u):
    return Dual(mean(u.v), mean(u.dx), mean(u.dy)) if isinstance(u, Dual) else np.mean(u)
