// How fast the built pages are, in a real browser: node web/bench.mjs (after tools/web build; tools/web bench).
// Times are this machine's; those of maps come with the native program's beside them.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { open, root, start, state, until } from "./test/browser.mjs";

const SLOWER = 4;
const closing = [];
const web = await start({ after: (close) => closing.push(close) });

/** Prints a line of the result. */
const tell = (what, value) => process.stdout.write(`${what.padEnd(62)} ${value}\n`);
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

/** The time until the program shows its first picture, and until it answers a key. */
async function begin(slower) {
  const page = await web.page();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const before = performance.now();
  await open(page, `${web.base}#lesson=classic-five`);
  const shown = performance.now() - before;
  await page.keyboard.press("ArrowRight");
  await until(page, (now) => now.step === 1);
  return { page, session, shown, usable: performance.now() - before };
}

/** The longest and the middle of some times. */
function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { count: sorted.length, middle: sorted[Math.floor(sorted.length / 2)], longest: sorted.at(-1) };
}

/** The gaps between frames while something is done, and how much of each was the program's own work, in milliseconds. */
async function gaps(page, act) {
  await page.evaluate(() => {
    window.frameTimes.length = 0;
    window.gaps = [];
    let before = performance.now();
    const next = () => {
      const now = performance.now();
      window.gaps.push(now - before);
      before = now;
      window.watching = requestAnimationFrame(next);
    };
    window.watching = requestAnimationFrame(next);
  });
  await act();
  const found = await page.evaluate(() => {
    cancelAnimationFrame(window.watching);
    // What only looked at the clock took less than a millisecond.
    return { gaps: window.gaps.slice(1), own: window.frameTimes.filter((time) => time >= 1) };
  });
  return { gaps: summary(found.gaps), own: summary(found.own) };
}

const sent = async () => {
  const page = await web.page();
  await open(page, web.base);
  await page.close();
};
// Once, so that the disk is warm.
await sent();
for (const slower of [1, SLOWER]) {
  const { page, shown, usable } = await begin(slower);
  tell(`first picture of the program, ${slower} times slowed`, seconds(shown));
  tell(`answers a key, ${slower} times slowed`, seconds(usable));
  await page.close();
}

{
  const { page, session } = await begin(1);
  await session.send("Performance.enable");
  const busy = async () =>
    (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  await page.waitForTimeout(2000);
  const before = await busy();
  await page.waitForTimeout(5000);
  tell("busy while nothing happens", `${(((await busy()) - before) / 5 * 100).toFixed(1)} %`);
  await page.close();
}

{
  const program = process.env.THALWEG ?? join(root, "target", "release", "thalweg");
  const runners = Array.from({ length: 8 }, (_, place) => `(optimizer: Momentum(lr: ${0.0005 + place * 0.0001}, momentum: 0.9))`);
  const document = `(version: 1, surface: Rosenbrock(), start: (-1.2, 1), steps: 10000, runners: [${runners.join(", ")}])`;
  const link = execFileSync(program, ["link", "-"], { input: document, encoding: "utf8" }).trim();
  const page = await web.page();
  await open(page, web.base + link.slice(link.indexOf("#")));
  await page.waitForTimeout(2000);
  const from = await state(page);
  const drawn = await gaps(page, async () => {
    await page.mouse.move(620, 330);
    await page.mouse.down();
    for (let step = 0; step < 60; step += 1) {
      await page.mouse.move(620 + step, 330 + Math.round(20 * Math.sin(step / 5)));
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
  });
  const to = await state(page);
  if (from.runners[0].x === to.runners[0].x) throw new Error("the drag moved no run");
  for (const [what, times] of [["frame", drawn.gaps], ["program's own work in a frame", drawn.own]]) {
    tell(`8 runners of 10,000 steps, dragged: middle and longest ${what}`, `${times.middle.toFixed(0)} and ${times.longest.toFixed(0)} ms`);
  }
  await page.close();

  const native = performance.now();
  execFileSync("taskset", ["-c", "0", program, "map", "map-of-momentum", "--size", "256x256", "--csv", "/dev/null"], { stdio: "ignore" });
  tell("a map of 256 x 256, the native program on one core", seconds(performance.now() - native));
}

{
  const page = await web.page();
  await open(page, `${web.base}#lesson=map-of-momentum`);
  // Frames are asked for as long as it is computed.
  const before = performance.now();
  let [asked, last] = [-1, before];
  while (performance.now() - last < 1500) {
    const now = await page.evaluate(() => window.framesAsked);
    if (now !== asked) [asked, last] = [now, performance.now()];
    await page.waitForTimeout(20);
  }
  tell("the lesson's map in the page, until nothing is drawn any more", seconds(last - before));
  await page.close();
}

for (const close of closing) await close();
