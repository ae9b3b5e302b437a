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
 * Where the focus goes when a dialog closes: to what opened it, and when that is gone, or goes (the row
 * of a key that was deleted), to the page's main part, so that Tab goes on from there and not from the
 * top of the page.
 */
export function giveFocusBack(event: Event, opener: HTMLElement | null): void {
  event.preventDefault();
  opener?.focus();
  if (opener === null || document.activeElement !== opener) focusMain();
  else focusMainWhenGone(opener);
}

function focusMain(): void {
  document.getElementById("main")?.focus();
}

/** The page that shows what was done comes a moment after the dialog has closed. */
function focusMainWhenGone(focused: HTMLElement): void {
  const look = () => {
    // The browser drops the focus with its element.
    if (!focused.isConnected && document.activeElement === document.body) focusMain();
  };
  // Fires when the focus moves on, and just before the element goes.
  focused.addEventListener("blur", () => setTimeout(look), { once: true });
}
