# Two standard normal numbers, by Box and Muller
def normal(seed, t, number):
    stream = bits(seed, number, 2**32)
    radius = math.sqrt(-2*math.log(1 - unit(stream, t, 0)))
    angle = 2*math.pi*unit(stream, t, 1)
    return radius*np.array([math.cos(angle), math.sin(angle)])
