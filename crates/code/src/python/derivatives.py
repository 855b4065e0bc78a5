def dual(u):
    return u if isinstance(u, Dual) else Dual(u)


def loss(p):
    return f(*p)


def gradient(p):
    u = dual(f(Dual(p[0], 1.0, 0.0), Dual(p[1], 0.0, 1.0)))
    return np.array([u.dx, u.dy])
