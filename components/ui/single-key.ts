/** Where this browser remembers that its owner wants no shortcuts of a single key. */
const remembered = "latchkey-single-keys";

/** People who dictate turn these off: to a speech program a stray word is a row of keys (WCAG 2.1.4). */
export function singleKeysAreOn(): boolean {
  try {
    return localStorage.getItem(remembered) !== "off";
  } catch {
    // A browser that keeps nothing.
    return true;
  }
}

export function turnSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(remembered);
    else localStorage.setItem(remembered, "off");
  } catch {
    // Such a browser keeps them on.
  }
}

/**
 * Is this keystroke a shortcut of one letter? Not while somebody types, chooses in a menu or answers a dialog, and not
 * for people who turned such shortcuts off. Shift is the caller's to look at.
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
