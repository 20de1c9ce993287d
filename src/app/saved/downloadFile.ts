// Hands a file to the browser's downloads.

/** Saves bytes under a name, as the person's browser saves downloads. */
export function downloadFile(name: string, bytes: Uint8Array, type = "application/octet-stream"): void {
  // The cast: the page's arrays are never shared memory.
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the address when the click returns; some read it a little later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
