# Two numbers from 0 to 1, evenly spread
def uniform(seed, t, number):
    stream = bits(seed, number, 2**32 + 1)
    return np.array([unit(stream, t, 0), unit(stream, t, 1)])
