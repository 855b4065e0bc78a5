// An embedded page and the page around it: messages, whose keys they are, who sees what.

import type { Stage } from "./stage";

/** How long nobody must have seen a plot before it gives back what it holds, in milliseconds. */
const PATIENCE = 1500;

/** Tells the host something. Hosts may be anywhere: nothing that is told is secret. */
export function tellHost(told: object): void {
  if (parent !== window) parent.postMessage({ thalweg: told }, "*");
}

/** Turns the host's page: reveal.js understands the first message, others may listen to the second. */
export function turnHost(to: "next" | "prev"): void {
  if (parent === window) return;
  parent.postMessage(JSON.stringify({ method: to }), "*");
  tellHost({ event: "turn", to });
}

/** Gives the keyboard back to the host. */
export function yieldKeys(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  try {
    parent.focus();
  } catch {
    // The host may forbid it; a click into it does the same.
  }
}

/** Hears what the host asks: `{thalweg: {step, play, scene, document}}`, as an object or as its JSON. */
export function hearHost(take: (json: string) => void, slide: (isShown: boolean) => void): void {
  addEventListener("message", (event) => {
    if (event.source !== parent || parent === window) return;
    let data: unknown = event.data;
    if (data === "slide:start" || data === "slide:stop") return slide(data === "slide:start");
    if (typeof data === "string") {
      try {
        data = JSON.parse(data);
      } catch {
        return;
      }
    }
    if (typeof data === "object" && data !== null && "thalweg" in data && typeof data.thalweg === "object") {
      take(JSON.stringify(data.thalweg));
    }
  });
}

/** Watches whether anybody sees the plot, and lets it rest, give back what it holds, and come again. */
export class Attention {
  #inView = false;
  #isShown = true;
  #timer: number | undefined;
  readonly #stage: Stage;
  readonly #come: () => void;

  /** `come` begins the plot, or goes on with it. */
  constructor(stage: Stage, come: () => void) {
    this.#stage = stage;
    this.#come = come;
    new IntersectionObserver((entries) => {
      this.#inView = entries.at(-1)?.isIntersecting ?? false;
      this.#update();
    }).observe(document.documentElement);
    document.addEventListener("visibilitychange", () => this.#update());
  }

  /** A deck tells whether the slide is shown. */
  slide(isShown: boolean): void {
    this.#isShown = isShown;
    this.#update();
  }

  #update(): void {
    const isSeen = this.#inView && this.#isShown && !document.hidden;
    clearTimeout(this.#timer);
    if (isSeen) {
      this.#stage.program?.rest(false);
      this.#come();
    } else {
      this.#stage.program?.rest(true);
      // A hidden tab comes back as it was; a slide that was left may never come back.
      if (!document.hidden) this.#timer = window.setTimeout(() => this.#stage.release(), PATIENCE);
    }
  }
}
