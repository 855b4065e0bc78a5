// The licences of everything that is shipped, out of what Cargo has fetched.
//
// usage: node web/licences.mjs [--target TRIPLE] > LICENCES.html

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const escaped = (text) =>
  text.replace(/[&<>]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[letter]);

/** Every package that the program is linked with, for a target. */
function packages(target) {
  const args = ["metadata", "--format-version", "1", "--locked", "--filter-platform", target];
  const metadata = JSON.parse(
    execFileSync("cargo", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 }),
  );
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const program = metadata.packages.find((found) => found.name === "thalweg");
  const reached = new Set();
  const queue = [program.id];
  while (queue.length > 0) {
    const id = queue.pop();
    if (reached.has(id)) continue;
    reached.add(id);
    // What only builds or tests it is not shipped.
    for (const dep of nodes.get(id).deps) {
      if (dep.dep_kinds.some(({ kind }) => kind === null)) queue.push(dep.pkg);
    }
  }
  return metadata.packages
    .filter((found) => reached.has(found.id) && found.source !== null)
    .sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

/** The texts of licences that lie in a folder, the fonts' among them. */
function texts(folder) {
  const found = [];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      if (/^(licen[cs]es?|fonts)$/i.test(name)) found.push(...texts(path));
    } else if (/^(licen[cs]e|copying|notice|unlicen[cs]e|copyright|ofl|ufl)/i.test(name) || /(OFL|UFL)[^/]*\.txt$/.test(name)) {
      found.push(readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim());
    }
  }
  return found;
}

/** A page of all licences; texts that many packages share stand once. */
export function licencesPage(target = "wasm32-unknown-unknown") {
  const own = ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => readFileSync(join(root, name), "utf8").trim());
  const groups = new Map();
  const note = (text, by) => groups.set(text, [...(groups.get(text) ?? []), by]);
  for (const text of own) note(text, "Thalweg");
  for (const folder of ["assets", "crates/figure"]) for (const text of texts(join(root, folder))) note(text, "fonts");
  const bare = [];
  for (const found of packages(target)) {
    const by = `${found.name} ${found.version} (${found.license ?? "licence in its file"})`;
    const folder = dirname(found.manifest_path);
    const said = existsSync(folder) ? texts(folder) : [];
    if (said.length === 0) bare.push(by);
    for (const text of said) note(text, by);
  }
  const sections = [...groups].map(
    ([text, by]) => `<section>\n<p>${by.map(escaped).join(", ")}</p>\n<pre>${escaped(text)}</pre>\n</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Licences · Thalweg</title>
<style>:root{color-scheme:light dark}body{max-width:52rem;margin:0 auto;padding:1.5rem;font:15px/1.45 system-ui,sans-serif}pre{white-space:pre-wrap;border-left:3px solid #8884;padding-left:1rem}</style></head>
<body>
<h1>Licences</h1>
<p>Thalweg is licensed under MIT or Apache-2.0, at your choice. It is made with these packages and fonts:</p>
<p>${bare.map(escaped).join(", ")} ${bare.length > 0 ? "bring no text of their licence along; it is the one named." : ""}</p>
${sections.join("\n")}
</body>
</html>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf("--target");
  process.stdout.write(licencesPage(at > 0 ? process.argv[at + 1] : undefined));
}
