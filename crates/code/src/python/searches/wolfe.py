def wolfe(x, g, d, first):
    """A length along d at which f and its slope have fallen enough (strong Wolfe conditions), trying `first` first.

    0 if there is none. Nocedal and Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6.
    """
    def trial(a):
        """The length a, and the value and slope of f there."""
        p = x + a*d
        return a, loss(p), gradient(p) @ d

    def is_finite(here):
        return math.isfinite(here[1]) and math.isfinite(here[2])

    def is_high(here, before):
        allowed = start[1] + c1*here[0]*start[2]
        return not is_finite(here) or here[1] > allowed or (before[0] > 0 and here[1] >= before[1])

    def is_flat(here):
        return abs(here[2]) <= -c2*start[2]

    def cubic_minimizer(p, q):
        width = q[0] - p[0]
        one = p[2] + q[2] - 3*(q[1] - p[1])/width
        root = np.sqrt(one*one - p[2]*q[2])
        two = -root if width < 0 else root
        return q[0] - width*((q[2] + two - one)/(q[2] - p[2] + 2*two))

    def between(low, high):
        for turn in range(60):
            width = high[0] - low[0]
            part = (cubic_minimizer(low, high) - low[0])/width
            part = 0.5 if math.isnan(part) or turn % 3 == 2 else min(max(part, 0.1), 0.9)
            here = trial(low[0] + width*part)
            if any((x + here[0]*d == x + end[0]*d).all() for end in (low, high)):
                return 0.0
            if is_high(here, low) or here[1] >= low[1]:
                high = here
                continue
            if is_flat(here):
                return here[0]
            if here[2]*width >= 0:
                high = low
            low = here
        return 0.0

    start = 0.0, loss(x), g @ d
    if not (start[2] < 0 and is_finite(start)):
        return 0.0
    before, here = start, trial(first)
    for _ in range(60):
        if is_high(here, before):
            return between(before, here)
        if is_flat(here):
            return here[0]
        if here[2] >= 0:
            return between(here, before)
        advance = here[0] - before[0]
        near, far = here[0] + 1.1*advance, here[0] + 4*advance
        next_ = cubic_minimizer(before, here)
        if not near < next_ < far:
            next_ = near if here[0] < next_ <= near else far
        before, here = here, trial(next_)
    return here[0]
