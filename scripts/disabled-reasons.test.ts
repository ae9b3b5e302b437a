import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What explains itself: the last page, a value that is not part of the body. */
const plain = new Set(["components/ui/plain-button.tsx", "components/docs/try-it/try-it-form.tsx"]);
/** Options of a list: each shows its reason in place of its second line. */
const explained = new Set(["components/ui/choice/select.tsx", "components/ui/choice/combobox-list.tsx"]);

test("[L12] no control of the dashboard is disabled without saying why", () => {
  const bare = globSync("{app,components}/**/*.tsx")
    .filter((file) => /\sdisabled(?:=|\n|>|\s\/>)/.test(readFileSync(file, "utf8")))
    .filter((file) => !plain.has(file) && !explained.has(file));
  expect(bare).toEqual([]);
  for (const file of explained) expect(readFileSync(file, "utf8")).toContain("disabledBecause");
});
