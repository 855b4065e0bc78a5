// Frames where something changes, and none where nothing does. What draws in a page asks for the next animation frame
// after each, for ever; here its question is answered when somebody touches the page, when the program said that it
// wants to draw again, or when something else woke it.

/** What may change what is drawn. */
const EVENTS =
  "pointerdown pointermove pointerup pointercancel mousemove mouseout wheel keydown keyup touchstart touchmove touchend " +
  "touchcancel input compositionstart compositionend copy cut paste dragover dragleave drop focus blur resize pageshow " +
  "hashchange visibilitychange gesturestart gesturechange gestureend";

/** How many frames follow such a thing: what it led to may be laid out in one frame and drawn in the next. */
const AFTERWARDS = 3;

/** The number of a frame that is not asked for yet. */
const WAITING = -1;

const gates = new Set();

/** What waits until a canvas does not rest. */
const waiting = [];

/** Has all canvases of this page drawn soon. */
export function wake_frames() {
  for (const gate of gates) gate.wake();
}

/** Has all canvases of this page drawn once. */
export function draw_once() {
  for (const gate of gates) gate.draw();
}

/** What goes on with the next turns of the browser, one with each. */
const turns = [];

/** What a turn is asked for through; none before one is. (An open one keeps a program outside of a page from ending.) */
let channel = null;

function openChannel() {
  const opened = new MessageChannel();
  opened.port1.onmessage = () => turns.shift()();
  return opened;
}

/** Waits until the browser has done what is due. (A timer would wait four milliseconds more, or a second where the page
 * is not seen.) */
export function turn() {
  return new Promise((resolve) => {
    channel ??= openChannel();
    turns.push(resolve);
    channel.port2.postMessage(0);
  });
}

/** Waits for as long as all canvases of this page rest. */
export async function awake() {
  while (gates.size > 0 && [...gates].every((gate) => gate.isResting)) {
    await new Promise((resolve) => waiting.push(resolve));
  }
}

/** Lets go on what waits, to see whether it still has to. */
function look() {
  for (const resolve of waiting.splice(0)) resolve();
}

/** The frames of one canvas. */
export class FrameGate {
  #ask = window.requestAnimationFrame;
  #forget = window.cancelAnimationFrame;
  /** What is to be called in the next frame, and the number of that; none where nothing was asked for. */
  #draw = null;
  #number = 0;
  #isDrawing = false;
  #left = AFTERWARDS;
  #missed = 0;
  #timer = 0;
  /** When the program wants to draw again. */
  #deadline = Infinity;
  isResting = false;
  #wake = () => this.wake();
  #watch = new ResizeObserver(this.#wake);
  #theme = matchMedia("(prefers-color-scheme: dark)");
  #due;

  /** `due` tells after how many milliseconds what was laid out since it was asked last wants to be drawn again
   * (Infinity for never), or a negative number where nothing was laid out. */
  constructor(canvas, due) {
    this.#due = due;
    // There is one question at a time; all others are not of the program.
    window.requestAnimationFrame = (draw) => (this.#draw ? this.#ask.call(window, draw) : this.#take(draw));
    window.cancelAnimationFrame = (number) => {
      if (this.#draw && number === this.#number) this.#drop();
      else this.#forget.call(window, number);
    };
    for (const name of EVENTS.split(" ")) addEventListener(name, this.#wake, { capture: true, passive: true });
    this.#theme.addEventListener("change", this.#wake);
    this.#watch.observe(canvas);
    gates.add(this);
  }

  /** Draws soon. */
  wake() {
    this.#left = AFTERWARDS;
    if (!this.isResting) this.#begin();
  }

  /** Draws once. */
  draw() {
    if (!this.isResting) this.#begin();
  }

  /** While it rests, nothing is drawn. */
  rest(on) {
    this.isResting = on;
    clearTimeout(this.#timer);
    if (!on) this.wake();
    look();
  }

  /** Leaves the page as it was. */
  end() {
    gates.delete(this);
    look();
    this.#drop();
    clearTimeout(this.#timer);
    window.requestAnimationFrame = this.#ask;
    window.cancelAnimationFrame = this.#forget;
    for (const name of EVENTS.split(" ")) removeEventListener(name, this.#wake, { capture: true });
    this.#theme.removeEventListener("change", this.#wake);
    this.#watch.disconnect();
  }

  #take(draw) {
    this.#draw = draw;
    this.#number = WAITING;
    // Outside of a frame something new has begun.
    if (!this.#isDrawing && !this.isResting) this.#begin();
    return this.#number;
  }

  #drop() {
    if (this.#number !== WAITING) this.#forget.call(window, this.#number);
    this.#draw = null;
  }

  #begin() {
    if (!this.#draw || this.#number !== WAITING) return;
    clearTimeout(this.#timer);
    this.#number = this.#ask.call(window, (time) => this.#frame(time));
  }

  #frame(time) {
    const draw = this.#draw;
    this.#draw = null;
    this.#isDrawing = true;
    try {
      draw?.(time);
    } finally {
      this.#isDrawing = false;
    }
    if (this.isResting) return;
    const now = performance.now();
    const due = this.#due();
    if (due >= 0) this.#deadline = now + due;
    // What is due and is not laid out within some frames will not be.
    this.#missed = due < 0 && this.#deadline <= now ? this.#missed + 1 : 0;
    if (this.#missed > AFTERWARDS) this.#deadline = Infinity;
    this.#left -= 1;
    if (this.#left > 0 || this.#deadline <= now) {
      this.#begin();
    } else if (this.#deadline < Infinity) {
      this.#timer = setTimeout(this.#wake, this.#deadline - now);
    }
  }
}
