// The page: brings the program, and does for it what only a page can.

import init, { Thalweg } from "glue";
import * as address from "./address";
import { Curtain } from "./curtain";
import * as files from "./files";
import { flagsOf } from "./flags";
import { Attention, hearHost, tellHost, turnHost, yieldKeys } from "./host";
import * as keeping from "./keeping";
import { setDensity } from "./pixels";
import { atAddress, inPage, type Program, type State, type Told } from "./program";
import { Stage } from "./stage";

const asked = location.hash;
const flags = flagsOf(asked);
const curtain = new Curtain();
const stage = new Stage((hash, kept) => new Thalweg(hash, kept), curtain, take);
let loading: Promise<void> | null = null;
let isKeepingTold = false;

document.documentElement.classList.toggle("is-embedded", flags.embed);
setDensity(flags.density ?? 0);
const isDark = flags.theme ? flags.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
paint(isDark ? "dark" : "light");
if (POSTERS) {
  const lesson = flags.lesson ?? (/^#?s=/.test(asked) ? null : "classic-five");
  if (lesson && LESSONS.includes(lesson)) curtain.poster(`${POSTERS}${lesson}${isDark ? "-dark" : ""}.svg`);
}

/** Brings the compiled program, once. */
function load(): Promise<void> {
  loading ??= (async () => {
    if (typeof WebAssembly !== "object") {
      throw new Error("this browser runs no WebAssembly: any browser of the last years does");
    }
    curtain.say("Loading", 0);
    const source = PROGRAM_ADDRESS
      ? atAddress(PROGRAM_ADDRESS, PROGRAM_BYTES)
      : inPage(document.getElementById("program") as HTMLElement);
    await init({ module_or_path: source.response((part) => curtain.say("Loading", part)) });
  })();
  // What failed once may do the next time.
  loading.catch(() => (loading = null));
  return loading;
}

/** Says what failed. */
function fail(error: unknown): void {
  const words = error instanceof Error ? error.message : String(error);
  curtain.fail(`Thalweg cannot be shown: ${words}.`, "Try again", () => void begin());
}

/** Begins, or goes on where it stopped. */
async function begin(): Promise<void> {
  if (stage.program) return;
  try {
    await load();
    curtain.say("Starting");
    await stage.begin(flags.embed ? null : recall());
  } catch (error) {
    fail(error);
  }
}

/** What the last visit kept, unless the program stopped on it. */
function recall(): string | null {
  try {
    if (sessionStorage.getItem("thalweg.stopped")) {
      sessionStorage.removeItem("thalweg.stopped");
      return null;
    }
  } catch {
    // Where storage is forbidden nothing was kept either.
  }
  return keeping.recall();
}

/** Does what the program asks for. */
function take(told: Told, bytes: Uint8Array | null): void {
  switch (told.event) {
    case "state":
      return show(told);
    case "link":
      if (flags.embed) keeping.leaveInFrame(asked, told.hash);
      else address.note(told.hash, told.push);
      return;
    case "kept":
      if (!flags.embed && !keeping.keep(told.text) && !isKeepingTold) {
        isKeepingTold = true;
        notice("The browser keeps nothing of this page: copy a link, or save the preset, to keep what is open.");
      }
      return;
    case "save":
      if (bytes) files.download(told.name, told.type, bytes);
      return;
    case "choose":
      return files.choose(told.accept, (name, content) => stage.program?.take_file(name, content));
    case "open":
      if (/^https?:/.test(told.url)) open(told.url, "_blank", "noopener,noreferrer");
      return;
    case "turn":
      return turnHost(told.to);
    case "release":
      engage(false);
      return yieldKeys();
  }
}

/** Shows what is open to those who do not see the canvas, and to the host. */
function show(state: State): void {
  paint(state.theme);
  if (!flags.embed) document.title = state.title ? `${state.title} · Thalweg` : "Thalweg";
  const description = document.getElementById("description");
  // While it plays, a reader would never come to an end.
  if (description && (!state.playing || !description.textContent)) description.textContent = state.description;
  tellHost({ ...state, event: "state" });
}

function paint(theme: "light" | "dark"): void {
  document.documentElement.dataset["theme"] = theme;
}

/** Says something at the foot of the page for some seconds. */
function notice(words: string): void {
  const place = document.getElementById("notice");
  if (!place) return;
  place.textContent = words;
  setTimeout(() => (place.textContent = ""), 12_000);
}

/** Whether an embedded plot takes the wheel and the keys. */
function engage(on: boolean): void {
  if (!flags.embed) return;
  stage.program?.engage(on);
  document.documentElement.classList.toggle("is-engaged", on);
}

function embed(): void {
  const left = keeping.foundInFrame(asked);
  if (left !== null) stage.hash = left;
  const come = (): void => {
    if (!flags.poster || stage.state) void begin();
  };
  const attention = new Attention(stage, come);
  hearHost(
    (json) => stage.message(json),
    (isShown) => attention.slide(isShown),
  );
  const slot = document.getElementById("stage");
  slot?.addEventListener("pointerdown", () => engage(true), { capture: true });
  slot?.addEventListener("keydown", (event) => {
    const isEngaged = document.documentElement.classList.contains("is-engaged");
    if (!isEngaged && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      engage(true);
    }
  });
  addEventListener("blur", () => engage(false));
  addEventListener("pagehide", () => keeping.leaveInFrame(asked, stage.hash));
  if (flags.poster) void wait();
}

/** Shows a still picture, until somebody clicks. */
async function wait(): Promise<void> {
  if (!POSTERS || !flags.lesson || !LESSONS.includes(flags.lesson)) {
    try {
      await load();
      const program: Program = new Thalweg(stage.hash, null);
      curtain.still(program.still(innerWidth || 800, innerHeight || 600));
      program.destroy();
    } catch (error) {
      return fail(error);
    }
  }
  curtain.offer("", "Click to start", () => void begin());
}

/** Prints the picture as lines and text: what a canvas holds is gone when the printer asks. */
function print(): void {
  const place = document.getElementById("print");
  const program = stage.program;
  if (place && program) place.innerHTML = program.still(960, 600);
}

function watchForStops(): void {
  addEventListener("error", (event) => {
    if (!(event.error instanceof WebAssembly.RuntimeError)) return;
    try {
      sessionStorage.setItem("thalweg.stopped", "1");
    } catch {
      // Then it begins with what was kept.
    }
    curtain.fail("Thalweg has stopped by a mistake of its own. It can begin anew.", "Begin anew", () =>
      location.reload(),
    );
  });
}

stage.hash = asked;
// For whoever writes a page or a test around it: what hosts can do by messages, and what they are told.
Object.assign(window, {
  thalweg: { state: () => stage.state, send: (asked: object) => stage.message(JSON.stringify(asked)) },
});
watchForStops();
addEventListener("beforeprint", print);
addEventListener("afterprint", () => document.getElementById("print")?.replaceChildren());
if (flags.embed) {
  embed();
} else {
  address.follow((hash) => (stage.hash = hash));
  // The keyboard can leave the canvas, which takes Tab.
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !event.shiftKey) return;
      event.stopPropagation();
      document.getElementById("description")?.focus();
    },
    { capture: true },
  );
  void begin();
  if (WORKER && "serviceWorker" in navigator) {
    navigator.serviceWorker.register(WORKER).catch(() => undefined);
  }
}
