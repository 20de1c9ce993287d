// Pointers on a 3D picture: a drag turns it, two fingers zoom, a press without a drag is a click. The page keeps its own
// gestures: a finger that starts upwards or downwards scrolls (touch-action: pan-y), and the wheel zooms only while the
// picture has the focus or with Ctrl, which is what a pinch on a trackpad sends.

import type { Orbit } from "./useOrbit";

export type GestureLinks = {
  readonly orbit: () => Orbit;
  /** A press and release at one place, px from the element's corner. */
  readonly onClick: (x: number, y: number) => void;
  /** A pointer without a button pressed; null when it leaves. */
  readonly onHover: (at: { readonly x: number; readonly y: number } | null) => void;
};

/** Movements below this are clicks, px. */
const SLACK = { mouse: 3, touch: 9 };
/** Degrees for a drag across the whole picture. */
const TURN = 200;
/** Zoom per px of the wheel. */
const WHEEL = 0.0015;

type Finger = { x: number; y: number; readonly startX: number; readonly startY: number };

/** Listens on the element. @returns stops listening */
export function watchGestures(element: HTMLElement, links: GestureLinks): () => void {
  const fingers = new Map<number, Finger>();
  let isTurning = false;
  const slackOf = (event: PointerEvent) => (event.pointerType === "mouse" ? SLACK.mouse : SLACK.touch);

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target as Element | null)?.closest("button, a")) return;
    if (fingers.size === 0) isTurning = false;
    const { clientX: x, clientY: y } = event;
    fingers.set(event.pointerId, { x, y, startX: x, startY: y });
  };
  const onMove = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return links.onHover(event.pointerType === "mouse" ? placeIn(element, event) : null);
    const before = spread(fingers);
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    const far = Math.hypot(event.clientX - finger.startX, event.clientY - finger.startY);
    if (!isTurning && far < slackOf(event)) return;
    // The page takes over a finger that goes up or down; what came before is not ours either.
    const isScroll = event.pointerType === "touch" && fingers.size === 1 && Math.abs(dy) > Math.abs(dx);
    if (!isTurning && isScroll) return void fingers.delete(event.pointerId);
    if (!isTurning) {
      isTurning = true;
      links.onHover(null);
      element.setPointerCapture(event.pointerId);
    }
    [finger.x, finger.y] = [event.clientX, event.clientY];
    const after = spread(fingers);
    if (before > 0 && after > 0) links.orbit().zoom(before / after);
    else links.orbit().turn((-dx * TURN) / element.clientWidth, (dy * TURN) / element.clientWidth);
  };
  const onUp = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId) || isTurning || event.type !== "pointerup") return;
    const { x, y } = placeIn(element, event);
    links.onClick(x, y);
  };
  const onLeave = () => links.onHover(null);
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !element.contains(document.activeElement)) return;
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 * event.deltaY : event.deltaY;
    const isZoomed = links.orbit().zoom(Math.exp(WHEEL * pixels * (event.ctrlKey ? 4 : 1)));
    // At the nearest and farthest the page scrolls on; a pinch never zooms the page from here.
    if (isZoomed || event.ctrlKey) event.preventDefault();
  };
  const listeners = {
    pointerdown: onDown,
    pointermove: onMove,
    pointerup: onUp,
    pointercancel: onUp,
    pointerleave: onLeave,
  };
  for (const [type, listener] of Object.entries(listeners)) element.addEventListener(type, listener as EventListener);
  element.addEventListener("wheel", onWheel, { passive: false });
  return () => {
    for (const [type, listener] of Object.entries(listeners)) {
      element.removeEventListener(type, listener as EventListener);
    }
    element.removeEventListener("wheel", onWheel);
  };
}

function placeIn(element: Element, { clientX, clientY }: PointerEvent) {
  const box = element.getBoundingClientRect();
  return { x: clientX - box.left, y: clientY - box.top };
}

/** Distance of two fingers, 0 for any other number of them. */
function spread(fingers: ReadonlyMap<number, Finger>): number {
  const [one, other] = fingers.values();
  return fingers.size === 2 && one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
}
