import { expect, test } from "vitest";
import { timeOrderedId } from "./time-ordered-id";

test("a version 7 UUID contains its time, and two of the same moment differ", () => {
  // The time of the example in RFC 9562, appendix A.6.
  const ids = Array.from({ length: 100 }, () => timeOrderedId(0x017f22e279b0));
  for (const id of ids) expect(id).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(100);
  expect(timeOrderedId(1)).toMatch(/^00000000-0001-7/);
});
