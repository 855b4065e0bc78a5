// The address bar follows what is open, and Back returns to what was open before.

/** Notes what is open in the address; `push` where Back is to come back to what was open. */
export function note(hash: string, push: boolean): void {
  if (hash === location.hash) return;
  try {
    if (push) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  } catch {
    // Browsers refuse too many changes in a short time, and very long addresses: the next one may do.
  }
}

/** Calls back when somebody goes to another address of this page. */
export function follow(go: (hash: string) => void): void {
  addEventListener("popstate", () => go(location.hash));
  addEventListener("hashchange", () => go(location.hash));
}
