// Where a key press must be left alone: in text fields, on widgets that use the same keys, and under open dialogs.

/** Roles whose widgets use arrows, Space or letters themselves. */
const WIDGETS = new Set([
  "menuitem",
  "menuitemradio",
  "option",
  "combobox",
  "radio",
  "switch",
  "tab",
  "gridcell",
  "row",
  "slider",
  "listbox",
]);

const FIELDS = new Set(["INPUT", "TEXTAREA", "SELECT"]);

/** True where the person types, or where the element under focus uses this key itself. */
export function isTypingOrOperating(event: KeyboardEvent): boolean {
  const element = event.target instanceof HTMLElement ? event.target : null;
  if (!element) return false;
  if (isTyping(element)) return true;
  if (event.key === " " && /^(BUTTON|A|SUMMARY|INPUT)$/.test(element.tagName)) return true;
  return WIDGETS.has(element.getAttribute("role") ?? "") || element.closest("[role=group][aria-label]") !== null;
}

/** True in a text field; a checkbox or radio is no text field. */
export function isTyping(element: HTMLElement): boolean {
  if (element.isContentEditable) return true;
  if (element instanceof HTMLInputElement) return !/^(checkbox|button|range)$/.test(element.type);
  return FIELDS.has(element.tagName);
}

/** True while a dialog or menu is open: it has the keys. */
export function isUnderDialog(): boolean {
  return document.querySelector("[role=dialog], [role=menu]") !== null;
}
