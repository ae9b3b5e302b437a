import { expect, test } from "vitest";
import { architecture } from "./import-table.mjs";

test("ARCHITECTURE.md shows the import rules; node scripts/import-table.mjs writes them", () => {
  const { written, generated } = architecture();
  expect(written).toBe(generated);
});
