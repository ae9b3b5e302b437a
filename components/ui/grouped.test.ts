import { expect, test } from "vitest";
import { formatsFor } from "@/lib/formats/formats";
import { grouped } from "./grouped";

test.each([
  [0, "0"],
  [999, "999"],
  [1_000, "1,000"],
  [12_510, "12,510"],
  [1_234_567, "1,234,567"],
  [-4_321, "-4,321"],
])("%i is written %s", (count, text) => expect(grouped(count)).toBe(text));

test.each(["en-US", "de-DE", "es-ES", "en-IN", "fr-FR", "sv-SE", "de-CH", "pl-PL"])(
  "in %s as Intl does",
  (locale) => {
    for (const count of [1, 999, 1_234, 9_999, 10_000, 123_456, 1_234_567, 987_654_321]) {
      expect(grouped(count, formatsFor(locale))).toBe(new Intl.NumberFormat(locale).format(count));
    }
  },
);
