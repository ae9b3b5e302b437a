/**
 * Where the focus goes when a dialog opens and no field in it asks for it: to the dialog, whose name is
 * then read, and not to its first button, which closes it.
 */
export function focusContent(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/**
 * Where the focus goes when a dialog closes: to what opened it, and when that is gone meanwhile (the
 * row of a deleted key), to the page's main part, so that Tab goes on from there and not from the top.
 */
export function giveFocusBack(event: Event, opener: HTMLElement | null): void {
  event.preventDefault();
  const target = opener?.isConnected ? opener : document.getElementById("main");
  target?.focus();
}
