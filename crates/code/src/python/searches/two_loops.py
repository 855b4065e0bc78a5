def two_loops(g, pairs):
    """-H·g from the pairs (s, y), the latest first. Nocedal and Wright, algorithm 7.4."""
    d, shares = -g, []
    for s, y in pairs:
        shares.append((s @ d)/(s @ y))
        d = d - shares[-1]*y
    if pairs:
        s, y = pairs[0]
        d = d*((s @ y)/(y @ y))
    for (s, y), share in reversed(list(zip(pairs, shares))):
        d = d + s*(share - (y @ d)/(s @ y))
    return d
