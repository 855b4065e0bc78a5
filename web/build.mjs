// Makes the pages out of the compiled program: a folder for a web server, and one file with everything inside.
//
// usage: node web/build.mjs [--out FOLDER]      (after `tools/web wasm`; called by `tools/web build`)

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";
import { galleryPage } from "./gallery.mjs";
import { licencesPage } from "./licences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const target = join(root, "target");
const made = join(target, "web", "bindgen");

const packed = {
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
  brotli: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
    }),
};

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);
const source = (name) => readFileSync(join(here, "src", name), "utf8");
const filled = (text, values) =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, key) => {
    if (!(key in values)) throw new Error(`nothing to put in for {{${key}}}`);
    return values[key];
  });

/** Compiles a script, with these words put in. */
async function script(entry, words) {
  const define = Object.fromEntries(Object.entries(words).map(([key, value]) => [key, JSON.stringify(value)]));
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "inline",
    alias: { glue: join(made, "thalweg_web.js") },
    define,
  });
  return outputFiles[0].text;
}

const style = async () =>
  (await build({ entryPoints: [join(here, "src", "page.css")], minify: true, write: false })).outputFiles[0].text;

/** What a page may do: nothing but what it brings along. */
const policy = (scripts, connect) =>
  [
    "default-src 'none'",
    `script-src ${scripts} 'wasm-unsafe-eval'`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src ${connect}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

const scriptHash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The native program: it knows the lessons, and draws their posters. */
function native(...args) {
  const program = process.env.THALWEG ?? join(target, "debug", "thalweg");
  return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26 });
}

/** The folder for a web server. */
async function site(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "posters"), { recursive: true });
  const write = (name, content) => writeFileSync(join(folder, name), content);

  const lessons = JSON.parse(native("list", "presets", "--json"));
  for (const { name } of lessons) {
    cpSync(join(root, "docs", "gallery", `${name}.svg`), join(folder, "posters", `${name}.svg`));
    native("render", name, "--size", "480x360", "--theme", "dark", "--out", join(folder, "posters", `${name}-dark.svg`));
  }

  const program = await packed.gzip(readFileSync(join(made, "thalweg_web_bg.wasm")));
  const programName = `thalweg-${hash(program)}.wasm.gz`;
  write(programName, program);
  const main = await script("main.ts", {
    PROGRAM_ADDRESS: programName,
    PROGRAM_BYTES: program.length,
    POSTERS: "posters/",
    LESSONS: lessons.map(({ name }) => name),
    WORKER: "worker.js",
  });
  const mainName = `page-${hash(main)}.js`;
  write(mainName, main);

  for (const name of readdirSync(join(root, "assets", "icon"))) {
    cpSync(join(root, "assets", "icon", name), join(folder, name));
  }
  write("manifest.webmanifest", source("manifest.webmanifest"));
  write("licences.html", licencesPage());
  write("gallery.html", galleryPage(lessons, policy("'none'", "'none'")));
  const page = filled(source("index.html"), {
    policy: policy("'self'", "'self'"),
    style: await style(),
    head: [
      `<link rel="icon" href="icon.svg" type="image/svg+xml">`,
      `<link rel="apple-touch-icon" href="icon-192.png">`,
      `<link rel="manifest" href="manifest.webmanifest">`,
      `<script src="${mainName}" defer></script>`,
    ].join("\n"),
    body: "",
    gallery: ` <a href="gallery.html">The lessons' pictures</a> need neither.`,
  });
  write("index.html", page);

  const files = readdirSync(folder, { recursive: true }).filter((name) => /\.\w+$/.test(name)).sort();
  const version = hash(files.map((name) => hash(readFileSync(join(folder, name)))).join());
  // The other lessons' posters come as they are asked for.
  const first = files.filter((name) => dirname(name) === ".").map((name) => (name === "index.html" ? "./" : name));
  write("worker.js", await script("worker.ts", { PAGE_VERSION: `thalweg-${version}`, PAGE_FILES: first }));

  // Beside each text lies the same packed, for servers that can send such files.
  for (const name of [...files, "worker.js"].filter((name) => /\.(html|js|svg|webmanifest)$/.test(name))) {
    const bytes = readFileSync(join(folder, name));
    write(`${name}.br`, await packed.brotli(bytes));
    write(`${name}.gz`, await packed.gzip(bytes));
  }
  const brotli = await packed.brotli(readFileSync(join(made, "thalweg_web_bg.wasm")));
  return { program: program.length, brotli: brotli.length, script: (await packed.gzip(Buffer.from(main))).length };
}

/** One file with everything inside. */
async function single(file) {
  const program = await packed.gzip(readFileSync(join(made, "thalweg_web_bg.wasm")));
  const main = await script("main.ts", {
    PROGRAM_ADDRESS: null,
    PROGRAM_BYTES: program.length,
    POSTERS: null,
    LESSONS: [],
    WORKER: null,
  });
  if (main.includes("</script")) throw new Error("the script cannot stand in a page: it has an end tag in it");
  const icon = readFileSync(join(root, "assets", "icon", "icon.svg")).toString("base64");
  const page = filled(source("index.html"), {
    policy: policy(scriptHash(main), "'none'"),
    style: await style(),
    head: `<link rel="icon" href="data:image/svg+xml;base64,${icon}">`,
    body: [
      `<script type="application/octet-stream" id="program">${program.toString("base64")}</script>`,
      `<script>${main}</script>`,
      `<!-- Licences of all parts:\n${licencesPage().replaceAll("--", "- -")}\n-->`,
    ].join("\n"),
    gallery: "",
  });
  writeFileSync(file, page);
  return Buffer.byteLength(page);
}

const at = process.argv.indexOf("--out");
const out = at > 0 ? process.argv[at + 1] : join(target, "web");
if (!existsSync(join(made, "thalweg_web_bg.wasm"))) {
  console.error(`there is no compiled program in ${relative(process.cwd(), made)}: run tools/web wasm first`);
  process.exit(1);
}
mkdirSync(out, { recursive: true });
const sizes = await site(join(out, "site"));
const whole = await single(join(out, "thalweg.html"));
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
console.log(`${relative(process.cwd(), join(out, "site"))}: program ${megabytes(sizes.program)} gzip ` +
  `(${megabytes(sizes.brotli)} brotli), script ${megabytes(sizes.script)} gzip`);
console.log(`${relative(process.cwd(), join(out, basename("thalweg.html")))}: ${megabytes(whole)}`);
