def _abs(u):
    """|u|; at 0 the mean of the slopes on both sides."""
    return u*np.sign(plain(u))


Dual.__abs__ = _abs
