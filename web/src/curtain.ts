// What stands before the canvas: a poster and words while the program comes, a still picture while it rests,
// and what to do where it cannot go on.

const element = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
};

/** The curtain before the canvas. */
export class Curtain {
  readonly #root = element<HTMLDivElement>("curtain");
  readonly #picture = element<HTMLImageElement>("poster");
  readonly #words = element<HTMLParagraphElement>("words");
  readonly #bar = element<HTMLProgressElement>("progress");
  readonly #button = element<HTMLButtonElement>("go-on");
  #address: string | null = null;

  /** Shows a picture from an address; one that is not there is not shown. */
  poster(address: string): void {
    this.#forget();
    this.#picture.hidden = false;
    this.#picture.onerror = () => {
      this.#picture.hidden = true;
    };
    this.#picture.src = address;
  }

  /** Shows an SVG picture. */
  still(svg: string): void {
    this.poster("");
    this.#address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    this.#picture.src = this.#address;
  }

  /** Says what is being done; with how much of it, from 0 to 1, where that is known. */
  say(words: string, part?: number): void {
    this.#root.hidden = false;
    this.#root.classList.remove("is-failed");
    this.#words.textContent = words;
    this.#button.hidden = true;
    this.#bar.hidden = part === undefined;
    if (part !== undefined) this.#bar.value = part;
  }

  /** Offers to go on; `go` is called once. */
  offer(words: string, label: string, go: () => void): void {
    this.say(words);
    this.#button.hidden = false;
    this.#button.textContent = label;
    const begin = (): void => {
      this.#root.onclick = null;
      go();
    };
    // The whole curtain is the button; the button is for the keyboard.
    this.#root.onclick = begin;
  }

  /** Says what failed, and offers to try again. */
  fail(words: string, label: string, again: () => void): void {
    this.offer(words, label, again);
    this.#root.classList.add("is-failed");
  }

  /** Shows the picture alone, without words. */
  quiet(): void {
    this.say("");
  }

  /** Opens: what is behind can be seen and used. */
  open(): void {
    this.#root.onclick = null;
    this.#root.hidden = true;
  }

  #forget(): void {
    if (this.#address) URL.revokeObjectURL(this.#address);
    this.#address = null;
  }
}
