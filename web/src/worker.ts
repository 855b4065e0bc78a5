// The service worker: after the first visit the page works without a network.

const VERSION: string = PAGE_VERSION;
const PAGES: string[] = PAGE_FILES;

declare const PAGE_VERSION: string;
declare const PAGE_FILES: string[];

interface Waiting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Asking extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
const worker = self as unknown as EventTarget & {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
};

worker.addEventListener("install", (event) => {
  const store = async (): Promise<void> => {
    const cache = await caches.open(VERSION);
    await cache.addAll(PAGES.map((page) => new Request(page, { cache: "no-cache" })));
    await worker.skipWaiting();
  };
  (event as Waiting).waitUntil(store());
});

worker.addEventListener("activate", (event) => {
  const clear = async (): Promise<void> => {
    for (const name of await caches.keys()) {
      if (name.startsWith("thalweg-") && name !== VERSION) await caches.delete(name);
    }
    await worker.clients.claim();
  };
  (event as Waiting).waitUntil(clear());
});

worker.addEventListener("fetch", (event) => {
  const asking = event as Asking;
  const address = new URL(asking.request.url);
  if (asking.request.method !== "GET" || address.origin !== worker.location.origin) return;
  asking.respondWith(answer(asking.request));
});

/** Pages come from the network while there is one; what has its content in its name never changes. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(VERSION);
  const stored = await cache.match(request, { ignoreSearch: true });
  if (stored && request.mode !== "navigate") return stored;
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    if (stored) return stored;
    // A poster that was never asked for is nothing to complain of.
    if (request.url.includes("/posters/")) {
      return new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', { headers: { "content-type": "image/svg+xml" } });
    }
    throw error;
  }
}
