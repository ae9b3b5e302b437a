import { pageKeys } from "./page-keys";

export type Shortcut = {
  /** The alternatives, each a sequence of keys. */
  readonly keys: readonly (readonly string[])[];
  readonly does: string;
  /** Whether it also works in fields and cannot be turned off. */
  readonly always?: boolean;
};

type ShortcutGroup = { readonly heading: string; readonly shortcuts: readonly Shortcut[] };

const openPages: readonly Shortcut[] = Object.entries(pageKeys).map(([key, page]) => ({
  keys: [["g", key]],
  does: `Open ${page}`,
}));

/** All shortcuts, in the order of the dialog. A test compares them with docs/keyboard.md. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    heading: "Anywhere",
    shortcuts: [
      { keys: [["Ctrl+K"], ["⌘K"]], does: "Open the command menu", always: true },
      { keys: [["/"]], does: "Search the list on the page" },
      { keys: [["c"]], does: "Generate a key" },
      { keys: [["f"]], does: "Filter the list on the page" },
      { keys: [["?"]], does: "Show these shortcuts" },
      { keys: [["Esc"]], does: "Close the menu, dialog or sheet on top", always: true },
    ],
  },
  { heading: "Pages", shortcuts: openPages },
  {
    heading: "Lists",
    shortcuts: [
      { keys: [["j"], ["↓"]], does: "Move to the next row" },
      { keys: [["k"], ["↑"]], does: "Move to the previous row" },
      { keys: [["Enter"]], does: "Open the row", always: true },
      { keys: [["x"]], does: "Select the row" },
      { keys: [["Shift+X"]], does: "Select the rows up to this one" },
      { keys: [["Shift+A"]], does: "Move to the selection bar" },
    ],
  },
  {
    heading: "Search of a list",
    shortcuts: [
      { keys: [["↓"]], does: "Move to the first row, from where ↑ leads back", always: true },
      { keys: [["Enter"]], does: "Search at once and open the only result", always: true },
      { keys: [["Enter", "Enter"]], does: "Move to the first of several results", always: true },
      { keys: [["Esc"]], does: "Clear the search", always: true },
      { keys: [["Esc", "Esc"]], does: "Leave the search", always: true },
    ],
  },
  {
    heading: "API Key Details",
    shortcuts: [
      { keys: [["["]], does: "Show the previous key of the list" },
      { keys: [["]"]], does: "Show the next key of the list" },
    ],
  },
];
