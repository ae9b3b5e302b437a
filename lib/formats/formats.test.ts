import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultFormats, formatsFor } from "./formats";

test.each([
  ["en-US,en;q=0.9", { order: "mdy", hour12: true, group: "," }],
  ["en-GB", { order: "dmy", hour12: false, group: "," }],
  ["de-DE,de;q=0.9,en;q=0.8", { order: "dmy", hour12: false, group: "." }],
  ["sv", { order: "ymd", hour12: false, group: "\u00a0" }],
  ["en-IN", { hour12: true, group: ",", groupSize: 2 }],
  ["es-ES", { group: ".", groupsFrom: 10_000 }],
  ["ar-EG-u-nu-arab", { order: "dmy" }],
  ["zh-Hant-TW", { order: "ymd" }],
  ["xx-YY, fr;q=0.5", { order: "dmy", group: "\u202f" }],
])("%s", (accepted, formats) => {
  expect(formatsFor(accepted)).toMatchObject(formats);
});

test.each([undefined, "", "*", "x", "q=1", "../../etc", "en".repeat(10_000), `${"a-".repeat(90)}en`])(
  "%s is answered with the defaults",
  (accepted) => expect(formatsFor(accepted)).toBe(defaultFormats),
);

test("no header makes it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (accepted) => {
      expect(formatsFor(accepted).group.length).toBeLessThan(3);
    }),
  );
});
