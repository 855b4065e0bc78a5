// What is kept in the browser between visits: the session of a page of its own, the step of an embedded one.

const KEY = "thalweg.session";

/** What was kept by the last visit. Where storage is forbidden, nothing was. */
export function recall(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps a text for the next visit; says whether it could be kept. */
export function keep(text: string): boolean {
  try {
    localStorage.setItem(KEY, text);
    return true;
  } catch {
    return false;
  }
}

/**
 * An embedded page is unloaded when its slide is left and loaded anew when it is shown again. The name of its window
 * lives as long as the frame does: no storage is touched.
 */
export function leaveInFrame(asked: string, now: string): void {
  try {
    window.name = `thalweg ${JSON.stringify([asked, now])}`;
  } catch {
    // Then it begins from the beginning.
  }
}

/** The link that was left in this frame by the same page, or null. */
export function foundInFrame(asked: string): string | null {
  const text = window.name.startsWith("thalweg ") ? window.name.slice("thalweg ".length) : "";
  try {
    const [of, left] = JSON.parse(text) as [unknown, unknown];
    return of === asked && typeof left === "string" ? left : null;
  } catch {
    return null;
  }
}
