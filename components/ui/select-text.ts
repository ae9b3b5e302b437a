/**
 * Selects the text that a button beside it copies, so that a person can press Ctrl+C: the nearest field or element
 * that says exactly this.
 *
 * @returns false when it is not to be seen near the button
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
