// What the program (Rust, `src/app/web`) offers the page, and how it gets here.

/** The program: one document, drawn on one canvas. */
export interface Program {
  /** Whether the link asks for the embedded layout. */
  embedded(): boolean;
  /** Draws on the canvas from now on; `tell` hears what the page has to do. */
  start(canvas: HTMLCanvasElement, tell: (json: string, bytes: Uint8Array | null) => void): Promise<void>;
  /** Opens what another hash says. */
  go_to(hash: string): void;
  /** Takes a message of the page that this one is embedded in. */
  message(json: string): void;
  /** Takes a file that was chosen. */
  take_file(name: string, bytes: Uint8Array): void;
  /** Whether an embedded plot takes the wheel and the keys. */
  engage(on: boolean): void;
  /** While it rests, nothing is drawn and nothing advances. */
  rest(on: boolean): void;
  /** What is open and where its runs stand: JSON of a `State`. */
  state(): string;
  /** What to keep for the next visit. */
  kept(): string;
  /** What is open at its step, as the hash of a link. */
  link(): string;
  /** The plane as it is now, as SVG; needs no canvas. */
  still(width: number, height: number): string;
  /** Gives back what it holds of the graphics unit. */
  destroy(): void;
}

/** What is open, as the page and its host see it. */
export interface State {
  title: string;
  lesson: string | null;
  step: number;
  steps: number;
  playing: boolean;
  theme: "light" | "dark";
  /** Whole sentences, for those who do not see the canvas. */
  description: string;
  runners: { name: string; x: number; y: number; loss: number; ending: string | null }[];
  error: string | null;
}

/** What the program asks of the page, or tells it. */
export type Told =
  | { event: "link"; hash: string; push: boolean }
  | { event: "kept"; text: string }
  | { event: "save"; name: string; type: string }
  | { event: "choose"; accept: string }
  | { event: "turn"; to: "next" | "prev" }
  | { event: "release" }
  | { event: "open"; url: string }
  | ({ event: "state" } & State);

/** Where the compiled program comes from. */
export interface Source {
  /** Its bytes, with how much of them has arrived so far, from 0 to 1. */
  response(progress: (part: number) => void): Promise<Response>;
}

/** The compiled program, read out of a text in the page itself. */
export function inPage(element: HTMLElement): Source {
  return {
    async response(progress) {
      const packed = Uint8Array.from(atob(element.textContent?.trim() ?? ""), (letter) => letter.charCodeAt(0));
      progress(1);
      return unpacked(new Blob([packed]).stream());
    },
  };
}

/** The compiled program, packed by gzip, from a web server, whatever that says of its type and encoding. */
export function atAddress(address: string, bytes: number): Source {
  return {
    async response(progress) {
      const answer = await fetch(address);
      if (!answer.ok || !answer.body) throw new Error(`the server answers ${answer.status} for ${address}`);
      let arrived = 0;
      const counted = answer.body.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            arrived += chunk.length;
            progress(Math.min(1, arrived / bytes));
            controller.enqueue(chunk);
          },
        }),
      );
      return unpacked(counted);
    },
  };
}

/** A server may have said that the file is packed: the browser then has unpacked it already. */
async function unpacked(stream: ReadableStream<Uint8Array>): Promise<Response> {
  const reader = stream.getReader();
  const first = await reader.read();
  const rest = new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.value) controller.enqueue(first.value);
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const isPacked = first.value?.[0] === 0x1f && first.value[1] === 0x8b;
  const plain = isPacked
    ? rest.pipeThrough(new DecompressionStream("gzip") as ReadableWritablePair<Uint8Array, Uint8Array>)
    : rest;
  return new Response(plain as ReadableStream<Uint8Array<ArrayBuffer>>, {
    headers: { "content-type": "application/wasm" },
  });
}
