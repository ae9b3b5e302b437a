/** Dispatched before a menu or a shortcut opens another page. A form with unsaved edits cancels it. */
export const leaveEvent = "latchkey:leave";

/** May a menu or a shortcut leave the page? If not, the page says why. */
export function mayLeave(): boolean {
  return window.dispatchEvent(new Event(leaveEvent, { cancelable: true }));
}
