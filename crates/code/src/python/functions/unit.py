MASK = 2**64 - 1


def mixed(z):
    z = (z ^ (z >> 30))*0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27))*0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


# 64 random bits of a seed, a step and an index: SplitMix64, hashed from a counter
def bits(seed, step, index):
    state = mixed(int(seed))
    for n in (int(step), index):
        state = mixed(state + (n + 1)*0x9E3779B97F4A7C15 & MASK)
    return state


# A number from 0 to 1, evenly spread
def unit(seed, step, index):
    return (bits(seed, step, index) >> 11)/2**53
