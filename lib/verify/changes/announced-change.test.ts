import { expect, test } from "vitest";
import { toldChange } from "./announced-change";

test("[L1] a notification that says all gives the number and each change", () => {
  expect(toldChange('12 [["o", "k", null], ["o", null, "u"], ["o", null, null]]')).toEqual({
    sequence: 12n,
    changes: [
      { organizationId: "o", keyId: "k", userId: null },
      { organizationId: "o", keyId: null, userId: "u" },
      { organizationId: "o", keyId: null, userId: null },
    ],
  });
});

test.each([null, "", "12", "12 ", "x []", "12 [", "12 [1]x", "-1 []", '12 {"o":1}', "12 [null]"])(
  "one that does not say all is read: %j",
  (said) => {
    expect(toldChange(said)).toBeNull();
  },
);
