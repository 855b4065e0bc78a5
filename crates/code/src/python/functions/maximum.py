def maximum(a, b):
    """The larger of two; where they are equal, with the mean of their slopes."""
    return where(plain(a) > plain(b), a, where(plain(a) < plain(b), b, (a + b)/2))
