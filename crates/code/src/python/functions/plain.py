def plain(u):
    """The number itself, without its derivatives."""
    return plain(u.v) if isinstance(u, Dual) else u
