// A checksum of the training data, so that an export says which numbers it was made from: 64 bits, two FNV-1a lanes.

const known = new WeakMap<object, string>();

/**
 * Sixteen hexadecimal digits over every field of the record in the order of its names: names and texts as their
 * characters, numbers as text, arrays as their bytes. Computed once a record.
 */
export function dataHash(data: unknown): string {
  if (typeof data !== "object" || data === null) return new Lanes().add(String(data)).digits;
  const found = known.get(data);
  if (found !== undefined) return found;
  const lanes = new Lanes();
  for (const [name, value] of Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))) {
    lanes.add(name);
    if (ArrayBuffer.isView(value)) lanes.bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    else lanes.add(typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  known.set(data, lanes.digits);
  return lanes.digits;
}

/** Two 32-bit FNV-1a sums with different starts. */
class Lanes {
  private low = 0x811c9dc5;
  private high = 0xcbf29ce4;

  bytes(bytes: Uint8Array): this {
    let { low, high } = this;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte ^ (low >>> 24), 0x01000193);
    }
    this.low = low;
    this.high = high;
    return this;
  }

  add(text: string): this {
    return this.bytes(new TextEncoder().encode(text));
  }

  get digits(): string {
    return [this.high, this.low].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
  }
}
