/**
 * Where the focus goes when a dialog opens: to the field marked `data-autofocus`, else to the dialog
 * itself, whose name is then read, and not to its first button, which closes it. React's own autoFocus
 * comes before Radix guards the focus: the menu that the dialog was opened from would take it back.
 */
export function focusContent(event: Event): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const marked = event.currentTarget.querySelector<HTMLElement>("[data-autofocus]");
  (marked ?? event.currentTarget).focus();
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
