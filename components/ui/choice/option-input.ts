import type { KeyboardEvent } from "react";

/** The props of the input inside a checkbox, a radio button or a segment. */
export const optionInput = {
  // Otherwise browsers restore an earlier visit's choice, which differs from the page's state.
  autoComplete: "off",
  // Enter would submit the surrounding form.
  onKeyDown: (event: KeyboardEvent) => event.key === "Enter" && event.preventDefault(),
  // Invisible and as large as the surrounding label, which shows the outline and sets the cursor.
  className: "absolute inset-0 cursor-[inherit] appearance-none outline-none",
};
