// Giving the event loop a turn between slices of work, without the 4 ms clamp of nested timers:
// setImmediate in Node, a MessageChannel in browsers. Also the wait that paces a slowed engine.

type Release = () => void;

const waiting: Release[] = [];
let channel: MessageChannel | null = null;

function postTurn(): void {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  channel.port2.postMessage(null);
}

/** Resolves in a later turn of the event loop, after messages and events that already wait. */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") {
      setImmediate(resolve);
      return;
    }
    waiting.push(resolve);
    postTurn();
  });
}

/** Resolves after `milliseconds` (at least one turn of the event loop). */
export function rest(milliseconds: number): Promise<void> {
  return milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : yieldToEvents();
}
