// Serves the pages on this machine; a page in a browser reloads when a source has changed and is built.
//
// usage: node web/serve.mjs [--port N] [--once]      (--once: serve what is built, watch nothing)

import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./server.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "target");
const at = process.argv.indexOf("--port");
const watching = !process.argv.includes("--once");
const server = await serve(join(target, "web", "site"), {
  port: at > 0 ? Number(process.argv[at + 1]) : 8080,
  reloads: watching,
});
console.log(`http://localhost:${server.port}/`);

let building = null;
let isStale = false;
let timer;

function build() {
  if (building) {
    isStale = true;
    return;
  }
  isStale = false;
  console.log("building");
  building = spawn(join(root, "tools", "web"), ["build"], { stdio: "inherit" });
  building.on("exit", (code) => {
    building = null;
    if (code === 0) server.reload();
    if (isStale) build();
  });
}

if (watching) {
  for (const folder of ["src", "crates", "presets", "web/src", "assets"]) {
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(build, 300);
    });
  }
}
