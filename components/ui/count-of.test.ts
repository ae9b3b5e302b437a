import { expect, test } from "vitest";
import { countOf } from "./count-of";

test.each([
  [0, "0 keys"],
  [1, "1 key"],
  [2, "2 keys"],
  [2051, "2,051 keys"],
])("%i is %s", (count, words) => expect(countOf(count, "key")).toBe(words));
