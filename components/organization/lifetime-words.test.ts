import { expect, test } from "vitest";
import { endsText, savedText } from "./lifetime-words";

const ends = (now: number, soon: number, later: number) =>
  endsText({ now, soon, later: { count: later, keys: [] } });

test("[L15] says how many keys a maximum ends at once, soon and later", () => {
  expect(ends(1, 0, 0)).toBe("1 key will expire at once.");
  expect(ends(0, 2, 1)).toBe("2 keys will expire within 7 days, and 1 more key will expire earlier.");
  expect(ends(2, 1, 10_001)).toBe(
    "2 keys will expire at once, 1 key will expire within 7 days, and more than 10,000 more keys will expire earlier.",
  );
});

test("[L15] says after a save how many keys now end earlier", () => {
  expect(savedText(0)).toBe("Settings saved");
  expect(savedText(1)).toBe("Settings saved. 1 key now expires earlier.");
  expect(savedText(10_000)).toBe("Settings saved. 10,000 keys now expire earlier.");
  expect(savedText(10_001)).toBe("Settings saved. More than 10,000 keys now expire earlier.");
});
