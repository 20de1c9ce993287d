// Words inside a PNG: text chunks (tEXt, PNG specification 11.3.4.3) after the header, so that a picture on its own still
// says where it comes from.

/** The picture with one text chunk a keyword; characters beyond Latin-1 are written in plain letters or left out. */
export async function pngWithText(png: Blob, texts: Readonly<Record<string, string>>): Promise<Blob> {
  const bytes = new Uint8Array(await png.arrayBuffer());
  // Eight bytes of signature, then the header chunk: 4 length, 4 name, 13 data, 4 checksum.
  const headerEnd = 8 + 25;
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  return new Blob([bytes.slice(0, headerEnd), ...chunks, bytes.slice(headerEnd)], { type: "image/png" });
}

function textChunk(keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const body = latin(`tEXt${keyword}\0${text}`);
  const chunk = new Uint8Array(4 + body.length + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(4 + body.length, crc32(body));
  return chunk;
}

function latin(text: string): Uint8Array {
  const plain = text
    .replaceAll("\u2212", "-")
    .replaceAll("\u2009", " ")
    .replace(/[\u2018\u2019]/g, "'");
  return Uint8Array.from(plain, (letter) => (letter.charCodeAt(0) < 256 ? letter.charCodeAt(0) : 63));
}

/** Checksum of PNG chunks: CRC-32 with the reversed polynomial 0xEDB88320. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}
