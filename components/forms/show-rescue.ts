import { copyText } from "@/components/ui/copy-text";

/** A value that is shown only once, with a title that identifies it. */
export type RescuedText = {
  /** Such as `Secret of “Deploy”`. */
  readonly title: string;
  /** The accessible name of its field, such as "Secret". */
  readonly label: string;
  readonly value: string;
};

const buttonStyle = "h-10 rounded-md border border-line-input px-4 font-medium text-sm sm:h-8 sm:px-3";

/**
 * Shows a secret whose dialog disappeared before it was copied. Uses plain DOM, because React may have failed to render
 * or moved to another page. It stays until the secret is copied, or dismissed twice, or the page is left.
 */
export function showRescue({ title, label, value }: RescuedText): void {
  const dialog = element(
    "dialog",
    "m-auto w-[min(30rem,calc(100vw-2rem))] rounded-xl bg-surface p-5 text-ink shadow-dialog",
  );
  // A dialog that disappeared may have left `pointer-events: none` on the body.
  dialog.style.pointerEvents = "auto";
  dialog.translate = false;
  const heading = element("h2", "font-semibold text-base", title);
  heading.id = "rescue-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  const text = element("p", "text-ink-muted text-sm");
  text.textContent = "The page changed before this was copied. It is shown one time only: copy it now.";
  const caption = element("label", "font-medium text-sm", label);
  const field = element(
    "input",
    "w-full rounded-md border border-line-input bg-subtle p-2 font-mono text-sm",
  );
  field.id = "rescue-value";
  caption.htmlFor = field.id;
  Object.assign(field, { readOnly: true, autocomplete: "off", spellcheck: false, value });
  field.setAttribute("data-1p-ignore", "");
  const said = element("p", "text-danger-ink text-sm empty:hidden");
  said.setAttribute("role", "alert");
  const copy = element("button", `${buttonStyle} bg-accent text-accent-contrast`, "Copy");
  const done = element("button", `${buttonStyle} bg-surface text-ink`, "Done");
  const buttons = element("div", "flex justify-end gap-2");
  buttons.append(copy, done);
  const stack = element("div", "grid gap-3");
  stack.append(heading, text, caption, field, said, buttons);
  dialog.append(stack);

  let isSaved = false;
  let isAsked = false;
  const stay = (event: BeforeUnloadEvent) => isSaved || event.preventDefault();
  const close = () => {
    field.value = "";
    dialog.remove();
    window.removeEventListener("beforeunload", stay);
    window.removeEventListener("pagehide", close);
    window.removeEventListener("popstate", leave);
  };
  const leave = () => {
    if (isSaved || isAsked) return close();
    isAsked = true;
    said.textContent = "This has not been copied. Copy it now, or press Done again to leave without it.";
  };
  const saved = () => {
    isSaved = true;
    said.textContent = "";
  };
  field.addEventListener("focus", () => field.select());
  field.addEventListener("copy", saved);
  copy.addEventListener("click", async () => {
    if (await copyText(value)) return saved();
    field.focus();
    said.textContent = "The browser refused to copy. The text is selected: press Ctrl+C, or ⌘C on a Mac.";
  });
  done.addEventListener("click", leave);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  window.addEventListener("beforeunload", stay);
  window.addEventListener("pagehide", close);
  window.addEventListener("popstate", leave);
  document.body.append(dialog);
  dialog.showModal();
  copy.focus();
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
