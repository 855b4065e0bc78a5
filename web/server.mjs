// A small web server for files, for work on the pages and for their tests.

import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".gz": "application/gzip",
};

const RELOADS = `<script>new EventSource("/changes").onmessage=()=>location.reload()</script>`;

/**
 * Serves a folder, and others under names of their own (`mounts`). Resolves with the port, `reload` and `close`; a port
 * of 0 is any that is free. `sent` is the count of bytes of bodies that went out.
 */
export async function serve(folder, { port = 0, reloads = false, mounts = {} } = {}) {
  const listeners = new Set();
  const sent = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (path === "/changes") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      listeners.add(response);
      request.on("close", () => listeners.delete(response));
      return;
    }
    const mount = Object.keys(mounts).find((name) => path.startsWith(`/${name}/`));
    const [base, inside] = mount ? [mounts[mount], path.slice(mount.length + 1)] : [folder, path];
    let file = join(base, normalize(inside));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!file.startsWith(base) || !existsSync(file)) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not here");
      return;
    }
    const head = { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-cache" };
    sent.set(path, statSync(file).size);
    if (reloads && extname(file) === ".html") {
      // For development alone: what is published may do only what it brings along.
      const page = readFileSync(file, "utf8").replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
      response.writeHead(200, head).end(page.replace("</body>", `${RELOADS}</body>`));
      return;
    }
    response.writeHead(200, head);
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    sent,
    reload: () => listeners.forEach((listener) => listener.write("data: changed\n\n")),
    close: () => {
      listeners.forEach((listener) => listener.end());
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
