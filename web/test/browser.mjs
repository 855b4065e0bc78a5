// A real browser on the built pages.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../server.mjs";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = join(root, "target");
export const site = join(target, "web", "site");
export const single = join(target, "web", "thalweg.html");

// A machine without a graphics unit draws by SwiftShader; the rest keeps the browser from looking for its makers' hosts.
const ARGUMENTS = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** A browser and a server of the built pages; closed when the test ends. */
export async function start(t, { mounts = {} } = {}) {
  assert.ok(existsSync(join(site, "index.html")), `${site} is not there: run tools/web build`);
  const server = await serve(site, { mounts });
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
  const errors = [];
  t.after(async () => {
    await browser.close();
    await server.close();
  });
  const base = `http://localhost:${server.port}/`;
  return {
    base,
    browser,
    server,
    errors,
    /** A page of the size of the lecture hall's projector, watched for errors. */
    async page(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1366, height: 768 },
        permissions: ["clipboard-read", "clipboard-write"],
        ...options,
      });
      await context.addInitScript(countFrames);
      const page = await context.newPage();
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(String(error)));
      return page;
    },
  };
}

/** Counts the frames that a page asks for, and tells how many milliseconds its own work in each took. */
function countFrames() {
  const ask = window.requestAnimationFrame.bind(window);
  window.framesAsked = 0;
  window.frameTimes = [];
  window.requestAnimationFrame = (draw) => {
    window.framesAsked += 1;
    return ask((time) => {
      const before = performance.now();
      draw(time);
      window.frameTimes.push(performance.now() - before);
    });
  };
}

/** Opens an address and waits for the program's first picture. */
export async function open(page, address) {
  await page.goto(address);
  return shown(page);
}

/** Waits until something holds in the page, and asks for none of its frames. */
export const holds = (frame, condition) => frame.waitForFunction(condition, undefined, { polling: 100 });

/** Waits for the program, and gives its state. */
export async function shown(frame) {
  await holds(frame, () => window.thalweg?.state() && document.getElementById("curtain").hidden);
  return state(frame);
}

export const state = (frame) => frame.evaluate(() => window.thalweg.state());

/** Waits until the state is as it should be, and gives it. */
export async function until(frame, holds) {
  for (;;) {
    const now = await state(frame);
    if (holds(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** How many colours a picture of the page has, in a part of it. */
export async function colours(page, clip) {
  const picture = (await page.screenshot({ clip })).toString("base64");
  const blank = await page.context().newPage();
  const count = await blank.evaluate(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
  }, picture);
  await blank.close();
  return count;
}

/** Waits until nothing is drawn any more, and says whether that came. */
export async function rests(page) {
  for (let tries = 0; tries < 200; tries += 1) {
    const before = await page.evaluate(() => window.framesAsked);
    await page.waitForTimeout(700);
    if ((await page.evaluate(() => window.framesAsked)) === before) return true;
  }
  return false;
}
