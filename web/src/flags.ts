// The flags of a link that the page must know before the program is there.

/** The flags after the first `&` of a hash; the program reads them all, the page only these. */
export interface Flags {
  embed: boolean;
  poster: boolean;
  theme: "light" | "dark" | null;
  /** The built-in lesson, if the link names one. */
  lesson: string | null;
  /** Pixels for each point of the screen, over what the screen has. */
  density: number | null;
}

/** Reads the flags of a hash. */
export function flagsOf(hash: string): Flags {
  const parts = hash.replace(/^#/, "").split("&");
  const value = (key: string): string | null => {
    const part = parts.find((part) => part === key || part.startsWith(`${key}=`));
    if (part === undefined) return null;
    return part.slice(key.length + 1);
  };
  const theme = value("theme");
  const density = Number(value("density") ?? NaN);
  const lesson = value("lesson");
  return {
    embed: value("embed") !== null,
    poster: value("poster") !== null,
    theme: theme === "light" || theme === "dark" ? theme : null,
    lesson: lesson !== null && /^[a-z0-9-]+$/.test(lesson) ? lesson : null,
    density: density >= 0.5 && density <= 4 ? density : null,
  };
}
