def hessian(p):
    x, y = Dual(p[0], 1.0, 0.0), Dual(p[1], 0.0, 1.0)
    u = dual(f(Dual(x, 1.0, 0.0), Dual(y, 0.0, 1.0)))
    u_x, u_y = dual(u.dx), dual(u.dy)
    return np.array([[u_x.dx, u_x.dy], [u_y.dx, u_y.dy]])
