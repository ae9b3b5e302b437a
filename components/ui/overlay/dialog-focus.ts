/**
 * Where focus goes when a dialog opens: to the field marked `data-autofocus`, or else to the dialog itself, so that its
 * name is read, rather than to its first button, which closes it. React's autoFocus runs before Radix traps the focus,
 * so the menu that opened the dialog would take it back.
 */
export function focusContent(event: Event): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const marked = event.currentTarget.querySelector<HTMLElement>("[data-autofocus]");
  (marked ?? event.currentTarget).focus();
}

/**
 * Where focus goes when a dialog closes: to its opener or, if that is gone or about to go (such as a deleted key's
 * row), to the panel that is open or else to the main content, so that Tab does not start again from the top of the
 * page, or behind the panel. Without an opener, a field that
 * has taken the focus meanwhile keeps it, such as that of a password.
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
  // The page stays where it is: nothing in it was asked for.
  place?.focus({ preventScroll: true });
}

/** The updated page arrives shortly after the dialog has closed. */
function focusPageWhenGone(focused: HTMLElement): void {
  const look = () => {
    // The browser drops focus when its element is removed.
    if (!focused.isConnected && document.activeElement === document.body) focusPage();
  };
  // Fires when focus moves, and just before the element is removed.
  focused.addEventListener("blur", () => setTimeout(look), { once: true });
}

/** For the scrolling part of a dialog: what loads after it opened must not push the focused field out of sight. */
export function keepFocusInView(body: HTMLElement | null): (() => void) | undefined {
  if (body === null) return undefined;
  const observer = new MutationObserver(() => {
    const focused = document.activeElement;
    if (focused !== body && body.contains(focused)) focused?.scrollIntoView({ block: "nearest" });
  });
  observer.observe(body, { childList: true, subtree: true });
  return () => observer.disconnect();
}
