def armijo(x, g, d):
    """The first of alpha0, alpha0*rho, alpha0*rho**2, ... that brings its share c1 of the decrease; 0 if none does."""
    f_x, slope = loss(x), g @ d
    if not (slope < 0 and math.isfinite(slope)) or math.isnan(f_x):
        return 0.0
    a = alpha0
    while (x + a*d != x).any():
        if loss(x + a*d) <= f_x + c1*a*slope:
            return a
        a *= rho
    return 0.0
