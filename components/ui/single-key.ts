/** The localStorage key that turns single-key shortcuts off. */
const remembered = "latchkey-single-keys";

/** Are single-key shortcuts on? People who dictate turn them off, since a stray word can trigger them (WCAG 2.1.4). */
export function singleKeysAreOn(): boolean {
  try {
    return localStorage.getItem(remembered) !== "off";
  } catch {
    // Storage is blocked.
    return true;
  }
}

export function turnSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(remembered);
    else localStorage.setItem(remembered, "off");
  } catch {
    // Storage is blocked, so they stay on.
  }
}

/**
 * May this key press be a single-key shortcut? Not while the person types, has a menu or dialog open, or has turned
 * such shortcuts off. Shift is left to the caller.
 */
export function isSingleKey(event: KeyboardEvent): boolean {
  const { defaultPrevented, isComposing, altKey, ctrlKey, metaKey, target } = event;
  if (defaultPrevented || isComposing || altKey || ctrlKey || metaKey) return false;
  if (!singleKeysAreOn()) return false;
  if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !== null) {
    return false;
  }
  return !(target instanceof HTMLElement && isTyped(target));
}

function isTyped(element: HTMLElement): boolean {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input:not([type=checkbox], [type=radio], [type=button])");
}
