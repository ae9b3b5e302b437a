import type { KeyboardEvent } from "react";

/** The props of the input inside a checkbox, a radio button or a segment. */
export const optionInput = {
  // Otherwise a browser restores an earlier visit's choice, which is not what the page shows.
  autoComplete: "off",
  // Enter would submit the surrounding form.
  onKeyDown: (event: KeyboardEvent) => event.key === "Enter" && event.preventDefault(),
  // Invisible, and as large as the label around it, which has its outline and cursor.
  className: "absolute inset-0 cursor-[inherit] appearance-none outline-none",
};
