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
  // What it opens gives the focus back to it.
  button.focus();
  button.click();
  return true;
}

const longestWaitMs = 10_000;

/** Presses a button of the page that is on its way, as soon as it is there. */
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
  // Not long after, and not when the person has gone on to something else.
  const late = setTimeout(stop, longestWaitMs);
  setTimeout(() => {
    window.addEventListener("keydown", stop, true);
    window.addEventListener("pointerdown", stop, true);
  });
}
