// Files come in by the browser's chooser and go out as downloads.

/** Hands a file to the browser, which saves it where it saves downloads. */
export function download(name: string, type: string, bytes: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Opens the browser's chooser; what is chosen is handed over. */
export function choose(accept: string, take: (name: string, bytes: Uint8Array) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.addEventListener("change", async () => {
    for (const file of input.files ?? []) take(file.name, new Uint8Array(await file.arrayBuffer()));
  });
  input.click();
}
