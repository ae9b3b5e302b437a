import { expect, test } from "vitest";
import { pageSizes } from "@/scripts/build/page-sizes.mjs";

// The same source gives the same bytes on any machine. A page over its budget loads something that its first view does
// not need; `npm run page-sizes` lists all pages.
test("no page loads more JavaScript at first than its budget", () => {
  const pages = pageSizes();
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.filter(({ kilobytes, budget }) => kilobytes > budget)).toEqual([]);
  // A budget far above the actual size would limit nothing.
  expect(pages.filter(({ kilobytes, budget }) => kilobytes < budget - 15)).toEqual([]);
});
