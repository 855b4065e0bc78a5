// The canvas with the program on it: begun, released while nobody sees it, begun again where it stopped.

import type { Curtain } from "./curtain";
import type { Program, State, Told } from "./program";

/** Makes a program for a hash, with what was kept from before. */
export type Make = (hash: string, kept: string | null) => Program;

const SLOT = "stage";

/** The canvas with the program on it. */
export class Stage {
  #program: Program | null = null;
  #canvas: HTMLCanvasElement | null = null;
  #hash = "";
  #beginning = false;
  #waiting: string[] = [];
  #lastState: State | null = null;
  readonly #make: Make;
  readonly #curtain: Curtain;
  readonly #tell: (told: Told, bytes: Uint8Array | null) => void;

  constructor(make: Make, curtain: Curtain, tell: (told: Told, bytes: Uint8Array | null) => void) {
    this.#make = make;
    this.#curtain = curtain;
    this.#tell = tell;
  }

  /** The program, while it is on the stage. */
  get program(): Program | null {
    return this.#program;
  }

  /** The canvas, while the program is on the stage. */
  get canvas(): HTMLCanvasElement | null {
    return this.#canvas;
  }

  /** What was told last of what is open. */
  get state(): State | null {
    return this.#lastState;
  }

  /** Where the program begins, or would. */
  get hash(): string {
    return this.#program ? this.#program.link() : this.#hash;
  }

  set hash(hash: string) {
    if (this.#program) this.#program.go_to(hash);
    else this.#hash = hash;
  }

  /** Begins, on a new canvas: one that has lost its drawing context does not get it back. */
  async begin(kept: string | null = null): Promise<void> {
    if (this.#program || this.#beginning) return;
    this.#beginning = true;
    try {
      const canvas = document.createElement("canvas");
      canvas.id = "plot";
      canvas.tabIndex = 0;
      canvas.setAttribute("role", "application");
      canvas.setAttribute("aria-label", "Thalweg");
      canvas.setAttribute("aria-describedby", "description");
      canvas.addEventListener("webglcontextlost", (event) => {
        event.preventDefault();
        if (this.#canvas === canvas) this.#lost();
      });
      document.getElementById(SLOT)?.replaceChildren(canvas);
      const program = this.#make(this.#hash, kept);
      let isFirst = true;
      await program.start(canvas, (json, bytes) => {
        const told = JSON.parse(json) as Told;
        if (told.event === "state") {
          this.#lastState = told;
          if (isFirst) this.#curtain.open();
          isFirst = false;
        }
        this.#tell(told, bytes);
      });
      this.#program = program;
      this.#canvas = canvas;
      for (const message of this.#waiting.splice(0)) program.message(message);
    } finally {
      this.#beginning = false;
    }
  }

  /** Gives back what the program holds, and shows a still picture of it. */
  release(): void {
    const program = this.#program;
    if (!program) return;
    const canvas = this.#canvas;
    this.#hash = program.link();
    this.#curtain.still(program.still(canvas?.clientWidth || 800, canvas?.clientHeight || 600));
    this.#curtain.quiet();
    this.#program = null;
    this.#canvas = null;
    program.destroy();
    document.getElementById(SLOT)?.replaceChildren();
  }

  /** Hands a message of the host to the program, or keeps it until there is one. */
  message(json: string): void {
    if (this.#program) this.#program.message(json);
    else this.#waiting.push(json);
  }

  #lost(): void {
    const program = this.#program;
    if (program) this.release();
    this.#curtain.offer("The browser has taken the drawing away.", "Click to continue", () => {
      this.#curtain.say("Continuing");
      void this.begin();
    });
  }
}
