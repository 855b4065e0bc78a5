def exact(x, d):
    """The first local minimizer along d, as a length in units of d; 0 if d does not lead down.

    The ray is walked in intervals on which a cubic through slopes and curvatures of the ends foretells the slope at
    two points inside; in the first one where the slope ceases to be negative its zero is found.
    """
    size = abs(d).max()
    if not (size > 0 and math.isfinite(size)):
        return 0.0
    d = d/size

    def bend(a):
        """The length a, and the first and second derivative there."""
        p = x + a*d
        return a, gradient(p) @ d, d @ (hessian(p) @ d)

    def zero(low, high):
        """Newton's method between a negative slope and one that is not, with bisection where that leaves the bracket."""
        steepest = max(-low[1], high[1])
        here, moved = (low if -low[1] < high[1] else high), high[0] - low[0]
        for _ in range(120):
            step = here[1]/here[2]
            if abs(step) <= 4*EPS*abs(here[0]) and abs(here[1]) <= steepest:
                break
            newton = here[0] - step
            gains = low[0] < newton < high[0] and 2*abs(newton - here[0]) <= moved
            middle = newton if gains else (low[0] + high[0])/2
            moved = abs(middle - here[0])
            here = bend(middle)
            if here[1] == 0 or moved <= EPS*abs(middle):
                break
            low, high = (here, high) if here[1] < 0 else (low, here)
        return here[0]

    def before_rise(low, high):
        """The last point before f rises, between two at which it falls though it is no lower at the second."""
        value = loss(x + low[0]*d)
        for _ in range(120):
            middle = (low[0] + high[0])/2
            if middle in (low[0], high[0]):
                break
            here = bend(middle)
            if here[1] >= 0:
                return zero(low, here)
            low, high = (here, high) if loss(x + middle*d) < value else (low, here)
        return low[0]

    def half_way(a):
        """Half of the way to the next axis, but 1/2 always."""
        with_axis = [max(-0.5*p/v, 0.5) for p, v in zip(x + a*d, d) if p*v < 0]
        return min(with_axis, default=math.inf)

    left = bend(0.0)
    if not (left[1] < 0 and math.isfinite(left[1])):
        return 0.0
    model = -left[1]/left[2]
    if model > 0 and (x + model*d == x).all():
        return 0.0
    guess, most = -1.5*left[1]/left[2], 0.5*max(abs(x).max(), 1.0)
    width, stretch, halvings = (min(guess, most) if guess > 0 else most), 2.0, 0
    for _ in range(300):
        right = bend(left[0] + width)
        finite = math.isfinite(right[1]) and math.isfinite(right[2])
        rise, first, last = right[1] - left[1], left[2]*width, right[2]*width
        cubic = left[1], first, 3*rise - 2*first - last, first + last - 2*rise
        steepest = max(abs(left[1]), abs(right[1]))
        smooth, missed = finite, 0.0
        for t in (0.381966, 0.723607):
            if smooth:
                found = gradient(x + (left[0] + width*t)*d) @ d
                miss = abs(found - (cubic[0] + t*(cubic[1] + t*(cubic[2] + t*cubic[3]))))
                smooth = miss <= 0.05*max(abs(found), steepest)
                missed = max(missed, miss)
        if not smooth and halvings < 12:
            width, stretch, halvings = width*0.5, 2.0, halvings + 1
            continue
        if not finite:
            break
        # Where the cubic turns, the slope may rise above zero and fall again.
        root = np.sqrt(cubic[2]**2 - 3*cubic[1]*cubic[3])
        total = -cubic[2] + root if cubic[2] < 0 else -cubic[2] - root
        turns = sorted(t for t in (total/(3*cubic[3]), cubic[1]/total) if 0 < t < 1)
        before = left
        for stop in [bend(left[0] + width*t) for t in turns] + [right]:
            if stop[1] >= 0:
                a = zero(before, stop)
                return a/size if (x + a*d != x).any() else 0.0
            before = stop
        change = max(abs(first), abs(last), abs(rise))
        follows = smooth and missed <= 0.05*change + 1e-12*steepest
        if not follows and halvings < 12:
            width, stretch, halvings = width*0.5, 2.0, halvings + 1
            continue
        if change <= 1e-9*steepest and width > half_way(left[0]):
            width = half_way(left[0])
            continue
        if not follows and loss(x + right[0]*d) >= loss(x + left[0]*d):
            left = (before_rise(left, right), 0.0, 0.0)
            break
        left, width = right, width*stretch
        if smooth:
            stretch, halvings = 2*stretch, 0
    return left[0]/size


EPS = 2.0**-52
