/**
 * Selects the text that the button would copy, so that people can press Ctrl+C: the nearest field or element with
 * exactly this text.
 *
 * @returns false if it is not visible near the button
 */
export function selectText(button: HTMLElement, text: string): boolean {
  for (let around = button.parentElement; around !== null; around = around.parentElement) {
    const field = [...around.querySelectorAll("input")].find((input) => input.value === text);
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
