def mod(a, b):
    """What is left of a after whole multiples of b, with the sign of b."""
    return a - b*np.floor(plain(a)/plain(b)) if isinstance(a, Dual) or isinstance(b, Dual) else np.mod(a, b)
