import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { shortcutGroups } from "./shortcut-list";

test("docs/keyboard.md lists the same shortcuts as the dialog", () => {
  const rows = shortcutGroups.flatMap(({ heading, shortcuts }) => [
    `## ${heading}`,
    ...shortcuts.map(({ keys, does, always }) => {
      const pressed = keys.map((sequence) => sequence.join(" ")).join(" or ");
      return `| ${pressed}${always ? " \\*" : ""} | ${does} |`;
    }),
  ]);
  const written = readFileSync("docs/keyboard.md", "utf8")
    .split("\n")
    .map((line) => line.replace(/ +/g, " ").trim())
    .filter((line) => /^(## |\| (?!keys|---))/.test(line) && line !== "## Where the focus goes");
  expect(written).toEqual(rows);
});
