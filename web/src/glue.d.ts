// What wasm-bindgen makes beside the compiled program, and what `build.mjs` puts in.

declare module "glue" {
  import type { Program } from "./program";
  export default function init(given: { module_or_path: Response | Promise<Response> }): Promise<unknown>;
  export const Thalweg: new (hash: string, kept: string | null) => Program;
}

/** The address of the packed program; null where it stands in the page itself. */
declare const PROGRAM_ADDRESS: string | null;
/** How many bytes it has. */
declare const PROGRAM_BYTES: number;
/** The folder of the lessons' posters, and the lessons that have one; null where there are none. */
declare const POSTERS: string | null;
declare const LESSONS: string[];
/** The service worker's address; null where there is none. */
declare const WORKER: string | null;
