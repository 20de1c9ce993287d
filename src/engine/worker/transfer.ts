// Makes a message cheap and safe to post: typed arrays that are windows onto larger buffers (wasm memory, a pool) are
// copied, so that never more than the message crosses; the whole buffers can then be transferred instead of copied.

export type Packed<T> = { readonly message: T; readonly transfer: ArrayBuffer[] };

/** The message with windows copied, and every array buffer in it, each once. Only plain records and arrays are walked. */
export function packMessage<T>(message: T): Packed<T> {
  const buffers = new Set<ArrayBuffer>();
  // The cast: walk keeps the shape of what it is given.
  const packed = walk(message, buffers) as T;
  return { message: packed, transfer: [...buffers] };
}

function walk(value: unknown, buffers: Set<ArrayBuffer>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return wholeView(value, buffers);
  if (Array.isArray(value)) return isFlat(value) ? value : value.map((item) => walk(item, buffers));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value);
  if (!entries.some(([, item]) => typeof item === "object" && item !== null)) return value;
  return Object.fromEntries(entries.map(([key, item]) => [key, walk(item, buffers)]));
}

/** Lists of numbers or strings need no walk. */
const isFlat = (list: readonly unknown[]): boolean => list.length === 0 || typeof list[0] !== "object";

function wholeView(view: ArrayBufferView, buffers: Set<ArrayBuffer>): ArrayBufferView {
  const { buffer } = view;
  const isWhole = buffer instanceof ArrayBuffer && view.byteLength === buffer.byteLength;
  const own = isWhole ? view : copyOf(view);
  // The cast: `own` lies on an ArrayBuffer, by the check or because copyOf allocates one.
  buffers.add(own.buffer as ArrayBuffer);
  return own;
}

function copyOf(view: ArrayBufferView): ArrayBufferView {
  if (view instanceof DataView) {
    const bytes = new Uint8Array(view.byteLength);
    bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    return new DataView(bytes.buffer);
  }
  if (view instanceof Uint8Array) return Uint8Array.from(view); // also Node's Buffer, whose slice would share memory
  // The cast: every view that is not a DataView is a typed array, whose slice copies.
  return (view as Float64Array).slice();
}
