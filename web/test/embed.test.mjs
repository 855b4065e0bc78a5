// Plots in a reveal.js deck.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { holds, rests, root, start, state, until } from "./browser.mjs";

const DECK = `<!doctype html><html><head><meta charset="utf-8">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/reveal/reveal.css"><link rel="stylesheet" href="/reveal/theme/white.css"></head>
<body><div class="reveal"><div class="slides">
<section><h2>Before</h2></section>
<section><iframe id="plot" data-src="/#lesson=zigzag&embed" width="800" height="560"></iframe></section>
<section data-background-iframe="/#lesson=classic-five&embed&play" data-background-interactive><h2>On a background</h2></section>
<section><iframe id="third" src="/#lesson=map-of-momentum&embed" width="800" height="560"></iframe></section>
<section><h2>After</h2></section>
</div></div>
<script src="/reveal/reveal.js"></script>
<script>
window.heard = [];
addEventListener("message", (event) => { if (event.data && event.data.thalweg) heard.push(event.data.thalweg); });
Reveal.initialize({ transition: "none", backgroundTransition: "none" });
</script></body></html>`;

/** Opens the deck. */
async function deck(t) {
  const folder = mkdtempSync(join(tmpdir(), "deck-"));
  writeFileSync(join(folder, "index.html"), DECK);
  t.after(() => rmSync(folder, { recursive: true }));
  const reveal = join(root, "web", "node_modules", "reveal.js", "dist");
  const web = await start(t, { mounts: { deck: folder, reveal } });
  const page = await web.page();
  await page.goto(`${web.base}deck/`);
  await holds(page, () => window.Reveal?.isReady());
  return { web, page };
}

/** The frame of a lesson, once its program shows it. */
async function plot(page, lesson) {
  for (let tries = 0; tries < 1200; tries += 1) {
    for (const frame of page.frames().slice(1).filter((frame) => frame.url().includes(`=${lesson}&`))) {
      const isShown = () => window.thalweg?.state() != null && document.getElementById("curtain").hidden;
      if (await frame.evaluate(isShown).catch(() => false)) return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`no frame shows ${lesson}`);
}

const slide = (page) => page.evaluate(() => Reveal.getState().indexh);

test("a plot leaves the deck its keys until it is clicked, and then turns it", async (t) => {
  const { web, page } = await deck(t);
  await page.keyboard.press("ArrowRight");
  const frame = await plot(page, "zigzag");
  assert.equal((await state(frame)).playing, false, "it plays although nobody asked");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName === "IFRAME"), false, "it has taken the keyboard");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await slide(page), 0);
  await page.keyboard.press("ArrowRight");
  const again = await plot(page, "zigzag");
  const box = await page.locator("#plot").boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.press("Space");
  await until(again, (now) => now.playing || now.step > 0);
  assert.equal(await slide(page), 1, "Space has turned the deck");
  await page.keyboard.press("PageDown");
  await holds(page, () => Reveal.getState().indexh === 2);
  await page.evaluate(() => Reveal.slide(1));
  await page.waitForTimeout(500);
  await plot(page, "zigzag");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.press("Escape");
  await holds(page, () => document.activeElement?.tagName !== "IFRAME");
  await page.keyboard.press("ArrowLeft");
  await holds(page, () => Reveal.getState().indexh === 0);
  assert.deepEqual(web.errors, []);
});

test("a plot comes back at its step, and what is left rests", async (t) => {
  const { web, page } = await deck(t);
  await page.evaluate(() => Reveal.slide(1));
  const frame = await plot(page, "zigzag");
  await frame.evaluate(() => window.thalweg.send({ step: 17 }));
  await until(frame, (now) => now.step === 17);
  await page.evaluate(() => Reveal.slide(4));
  await page.waitForTimeout(2500);
  await page.evaluate(() => Reveal.slide(1));
  const again = await plot(page, "zigzag");
  assert.equal((await until(again, (now) => now.step === 17)).step, 17);

  // A frame with an address of its own is not unloaded: it gives back what it holds.
  await page.evaluate(() => Reveal.slide(3));
  const third = await plot(page, "map-of-momentum");
  await third.evaluate(() => window.thalweg.send({ step: 9 }));
  await until(third, (now) => now.step === 9);
  await page.evaluate(() => Reveal.slide(0));
  await holds(third, () => document.querySelector("canvas") === null);
  assert.ok(await rests(third), "a plot that nobody sees works on");
  await page.evaluate(() => Reveal.slide(3));
  await holds(third, () => document.querySelector("canvas") !== null);
  await until(third, (now) => now.step === 9);
  assert.deepEqual(web.errors, []);
});

test("a background plays when its slide comes, and the host hears of it", async (t) => {
  const { web, page } = await deck(t);
  await page.evaluate(() => Reveal.slide(2));
  const frame = await plot(page, "classic-five");
  await until(frame, (now) => now.step > 3);
  await holds(page, () => window.heard.some((told) => told.event === "state" && told.step > 3));
  await page.evaluate(() => {
    const frame = document.querySelector(".slide-background.present iframe");
    frame.contentWindow.postMessage({ thalweg: { play: false, step: 5 } }, "*");
  });
  await until(frame, (now) => !now.playing && now.step === 5);
  assert.equal(await frame.evaluate(() => localStorage.length), 0, "an embedded plot has kept something");
  assert.deepEqual(web.errors, []);
});

test("the wheel scrolls the host until the plot is clicked", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "host-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><link rel="icon" href="data:,"><body style="height:4000px;margin:0"><iframe id="plot" src="/#lesson=zigzag&embed" style="width:800px;height:500px;border:0"></iframe></body>`,
  );
  const web = await start(t, { mounts: { host: folder } });
  const page = await web.page();
  await page.goto(`${web.base}host/`);
  const frame = await plot(page, "zigzag");
  await page.mouse.move(400, 250);
  await page.mouse.wheel(0, 120);
  await holds(page, () => scrollY > 50);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(300);
  await page.mouse.click(400, 250);
  await holds(frame, () => document.documentElement.classList.contains("is-engaged"));
  await page.mouse.wheel(0, 120);
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => scrollY), 0, "the clicked plot leaves the wheel to the host");
  assert.deepEqual(web.errors, []);
});

test("a plot whose drawing context is taken goes on by a click", async (t) => {
  const web = await start(t);
  const page = await web.page();
  await page.goto(`${web.base}#lesson=zigzag&step=7`);
  await holds(page, () => window.thalweg?.state()?.step === 7);
  await page.evaluate(() => {
    const canvas = document.querySelector("canvas");
    (canvas.getContext("webgl2") ?? canvas.getContext("webgl")).getExtension("WEBGL_lose_context").loseContext();
  });
  await page.getByRole("button", { name: "Click to continue" }).click();
  await holds(page, () => document.getElementById("curtain").hidden);
  await until(page, (now) => now.step === 7);
});
