Dual.__lt__ = lambda u, other: plain(u) < plain(other)
Dual.__gt__ = lambda u, other: plain(u) > plain(other)
