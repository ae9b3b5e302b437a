/** The buttons that a shortcut or a command presses, by their `data-shortcut`. */
export type PressedButton =
  | "generate"
  | "filter"
  | "invite"
  | "new-application"
  | "create-role"
  | "add-endpoint";

/** Presses a button of this page; false if there is none, or if it is disabled. */
export function pressOn(name: PressedButton): boolean {
  const selector = name === "filter" ? "main [data-filter-button]" : `main [data-shortcut="${name}"]`;
  const button = document.querySelector<HTMLButtonElement>(selector);
  if (button === null || button.disabled) return false;
  // The dialog it opens returns the focus to the focused element.
  button.focus();
  button.click();
  return true;
}

const longestWaitMs = 10_000;

/** Presses a button of the page that is loading, as soon as the button exists. */
export function pressOnPage(name: PressedButton): void {
  if (pressOn(name)) return;
  const stop = () => {
    observer.disconnect();
    clearTimeout(late);
    window.removeEventListener("keydown", stop, true);
    window.removeEventListener("pointerdown", stop, true);
  };
  const observer = new MutationObserver(() => pressOn(name) && stop());
  observer.observe(document.body, { childList: true, subtree: true, attributes: true });
  // Give up after a while, or when the person does something else.
  const late = setTimeout(stop, longestWaitMs);
  setTimeout(() => {
    window.addEventListener("keydown", stop, true);
    window.addEventListener("pointerdown", stop, true);
  });
}
