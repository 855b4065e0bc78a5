// Whether the program in a page computes the same bits as the program of this machine: every step of every built-in
// preset, as `thalweg run --csv` writes it. Needs `tools/web wasm` and a program; THALWEG names another than the
// debug build.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = join(root, "target");
const program = process.env.THALWEG ?? join(target, "debug", "thalweg");
const made = process.env.BINDGEN ?? join(target, "web", "bindgen");

test("every preset has the same bits in a page", async () => {
  const { initSync, preset_names, run_csv } = await import(join(made, "thalweg_web.js"));
  initSync({ module: readFileSync(join(made, "thalweg_web_bg.wasm")) });
  const names = preset_names().split("\n");
  assert.ok(names.length >= 60, `only ${names.length} presets`);
  const different = [];
  for (const name of names) {
    const here = execFileSync(program, ["run", name, "--csv", "-"], { encoding: "utf8", maxBuffer: 1 << 30 });
    const there = run_csv(name);
    if (here === there) continue;
    const [a, b] = [here.split("\n"), there.split("\n")];
    const line = a.findIndex((text, index) => text !== b[index]);
    different.push(`${name}, line ${line + 1}:\n  program: ${a[line]}\n  page:    ${b[line]}`);
  }
  assert.deepEqual(different, []);
});
