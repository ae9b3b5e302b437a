import { expect, test } from "vitest";
import { parseAnnouncement } from "./read-changes";

test("[L1] a notification with all changes gives the number and each change", () => {
  expect(parseAnnouncement('12 [["o", "k", null], ["o", null, "u"], ["o", null, null]]')).toEqual({
    head: 12n,
    changes: [
      { organizationId: "o", keyId: "k", userId: null },
      { organizationId: "o", keyId: null, userId: "u" },
      { organizationId: "o", keyId: null, userId: null },
    ],
  });
});

test.each([null, "", "12", "12 ", "x []", "12 [", "12 [1]x", "-1 []", '12 {"o":1}', "12 [null]"])(
  "any other payload causes a database read: %j",
  (payload) => {
    expect(parseAnnouncement(payload)).toBeNull();
  },
);
