// Whether the program in a page computes the same bits as the program of this machine: every step of every built-in
// preset, as `thalweg run --csv` writes it. Needs `tools/web wasm` and a program; THALWEG names another than the
// debug build.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.THALWEG ?? `${root}target/debug/thalweg`;
const { initSync, preset_names, run_csv } = await import(`${root}target/web/bindgen/thalweg_web.js`);
initSync({ module: readFileSync(`${root}target/web/bindgen/thalweg_web_bg.wasm`) });

let failed = 0;
const names = preset_names().split("\n");
for (const name of names) {
    const here = execFileSync(program, ["run", name, "--csv", "-"], { encoding: "utf8", maxBuffer: 1 << 30 });
    const there = run_csv(name);
    if (here !== there) {
        failed += 1;
        const [a, b] = [here.split("\n"), there.split("\n")];
        const line = a.findIndex((text, index) => text !== b[index]);
        console.error(`${name}: line ${line + 1} differs:\n  program: ${a[line]}\n  page:    ${b[line]}`);
    }
}
if (names.length < 50) {
    console.error(`only ${names.length} presets were compared`);
    failed += 1;
}
console.log(`${names.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
