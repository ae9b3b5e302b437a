import { useEffect, useRef } from "react";

/** In the browser's top layer, so that no table or dialog clips it. */
export function CopyRefused({ selected, onDone }: { selected: boolean; onDone: () => void }) {
  const note = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const shown = note.current;
    const button = shown?.parentElement?.querySelector("button");
    if (shown == null || button == null) return;
    shown.showPopover();
    const { bottom, right } = button.getBoundingClientRect();
    shown.style.top = `${Math.min(bottom + 4, window.innerHeight - shown.offsetHeight - 8)}px`;
    shown.style.left = `${Math.max(8, right - shown.offsetWidth)}px`;
  }, []);
  useEffect(() => {
    for (const event of ["copy", "pointerdown"]) document.addEventListener(event, onDone);
    return () => {
      for (const event of ["copy", "pointerdown"]) document.removeEventListener(event, onDone);
    };
  });
  return (
    <span
      ref={note}
      role="alert"
      popover="manual"
      className="fixed m-0 max-w-72 rounded-md border border-danger-line bg-danger-soft px-3 py-2 text-danger-ink text-sm"
    >
      The browser refused to copy. {selected ? "The text is selected: press" : "Select the text and press"}{" "}
      Ctrl+C, or ⌘C on a Mac.
    </span>
  );
}

/**
 * Selects the nearest field or element with exactly this text, so that people can press Ctrl+C.
 *
 * @returns false if it is not visible near the button
 */
export function selectText(button: HTMLElement, text: string): boolean {
  for (let around = button.parentElement; around !== null; around = around.parentElement) {
    const field = [
      ...around.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea"),
    ].find(({ value }) => value === text);
    if (field !== undefined) {
      field.focus();
      field.select();
      return true;
    }
    const shown = [...around.querySelectorAll("pre, code, span")].find((one) => one.textContent === text);
    if (shown !== undefined) {
      getSelection()?.selectAllChildren(shown);
      return true;
    }
  }
  return false;
}
