// How many pixels of the screen a canvas has. The program asks for them by a ResizeObserver, and for the ratio by
// `devicePixelRatio`; the two must agree.

type Sizes = readonly ResizeObserverSize[];

/** Has the program draw with at least so many pixels to a point (0: as many as the screen has). A slide that is scaled
 * up shows more than the browser knows of. */
export function setDensity(density: number): void {
  const given = devicePixelRatio;
  if (density > given) Object.defineProperty(window, "devicePixelRatio", { get: () => density });
  const known = Object.getOwnPropertyDescriptor(ResizeObserverEntry.prototype, "devicePixelContentBoxSize")?.get;
  if (!known) return;
  Object.defineProperty(ResizeObserverEntry.prototype, "devicePixelContentBoxSize", {
    configurable: true,
    get(this: ResizeObserverEntry): Sizes {
      const exact = known.call(this) as Sizes;
      return this.contentBoxSize.map((box, index) => sizeOf(box, exact[index]));
    },
  });
}

/** The exact size where it is one of this ratio. Where a screen is only imitated, Chromium gives that of the real one. */
function sizeOf(box: ResizeObserverSize, exact: ResizeObserverSize | undefined): ResizeObserverSize {
  const inlineSize = Math.round(box.inlineSize * devicePixelRatio);
  const blockSize = Math.round(box.blockSize * devicePixelRatio);
  const agrees = exact && Math.abs(exact.inlineSize - inlineSize) <= 2 && Math.abs(exact.blockSize - blockSize) <= 2;
  if (agrees) return exact;
  // The program takes nothing but a size of the browser's own kind.
  return Object.create(ResizeObserverSize.prototype, {
    inlineSize: { value: inlineSize },
    blockSize: { value: blockSize },
  }) as ResizeObserverSize;
}
