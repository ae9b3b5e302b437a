/**
 * Sets the focus when a dialog opens: to the field marked `data-autofocus`, or else to the dialog itself, so that
 * screen readers read its name. Radix would focus the first button, which is Close. React's autoFocus runs before Radix
 * traps the focus, so the menu that opened the dialog would take the focus back.
 */
export function focusContent(event: Event): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const marked = event.currentTarget.querySelector<HTMLElement>("[data-autofocus]");
  (marked ?? event.currentTarget).focus();
}

/**
 * Sets the focus when a dialog closes: to its opener or, if the opener is gone or about to go (such as a deleted key's
 * row), to the open sheet or else the main content. Otherwise Tab would start again at the top of the page, or behind
 * the sheet. Without an opener, a field that has the focus by then keeps it, such as a password field.
 */
export function giveFocusBack(event: Event, opener: HTMLElement | null): void {
  event.preventDefault();
  if (opener === null && document.activeElement?.matches("input, textarea")) return;
  opener?.focus();
  if (opener === null || document.activeElement !== opener) focusPage();
  else focusPageWhenGone(opener);
}

function focusPage(): void {
  const place = document.querySelector<HTMLElement>("[data-sheet]") ?? document.getElementById("main");
  // Do not scroll: the person did not go anywhere.
  place?.focus({ preventScroll: true });
}

/** The page that no longer has the opener arrives shortly after the dialog has closed. */
function focusPageWhenGone(focused: HTMLElement): void {
  const look = () => {
    // The browser drops focus when its element is removed.
    if (!focused.isConnected && document.activeElement === document.body) focusPage();
  };
  // Fires when focus moves, and just before the element is removed.
  focused.addEventListener("blur", () => setTimeout(look), { once: true });
}

/** Keeps the focused field of a scrolling dialog body in view while more content loads. */
export function keepFocusInView(body: HTMLElement | null): (() => void) | undefined {
  if (body === null) return undefined;
  const observer = new MutationObserver(() => {
    const focused = document.activeElement;
    if (focused !== body && body.contains(focused)) focused?.scrollIntoView({ block: "nearest" });
  });
  observer.observe(body, { childList: true, subtree: true });
  return () => observer.disconnect();
}
