// Who draws in 3D: browsers keep few WebGL contexts, so a page has at most two at a time. The next one waits for its turn
// or takes over the oldest when the person asks for it.

/** Contexts of a page. */
export const MOST_CONTEXTS = 2;

/** A picture that wants a context. */
export type Holder = {
  /** It may open a context now. */
  readonly onTurn: () => void;
  /** Another picture was asked for: it closes its context and waits. */
  readonly onTakenOver: () => void;
};

const holders: Holder[] = [];
const waiting: Holder[] = [];

/** Gives the picture its turn now or as soon as another is released. */
export function request(holder: Holder): void {
  if (holders.includes(holder) || waiting.includes(holder)) return;
  if (holders.length < MOST_CONTEXTS) begin(holder);
  else waiting.push(holder);
}

/** Ends the picture's turn, or its wait, and lets the next one in. */
export function release(holder: Holder): void {
  remove(waiting, holder);
  if (!remove(holders, holder)) return;
  const next = waiting.shift();
  if (next) begin(next);
}

/** Gives a waiting picture the turn of the one that has had it longest. */
export function takeOver(holder: Holder): void {
  if (!remove(waiting, holder)) return;
  const oldest = holders.length >= MOST_CONTEXTS ? holders.shift() : undefined;
  if (oldest) {
    waiting.push(oldest);
    oldest.onTakenOver();
  }
  begin(holder);
}

function begin(holder: Holder): void {
  holders.push(holder);
  holder.onTurn();
}

function remove(list: Holder[], holder: Holder): boolean {
  const at = list.indexOf(holder);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
