import { beforeAll, describe, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { MatrixWorld } from "./matrix-world";
import { cellBySetting, readMatrix } from "./read-matrix";
import type { Call, MakeTarget } from "./try-cell";
import { tryCell, tryWithoutAudit } from "./try-cell";

/**
 * Declares a test for each row under this heading of docs/permission-matrix.md, and one that rows and calls match
 * exactly.
 *
 * @param settings the settings of who may create keys that each row is tried with
 */
export function testMatrix<Target>(
  section: string,
  {
    proves,
    calls,
    targets,
    settings = ["OWNER"],
  }: {
    /** The title for all rows together, with the requirements that they prove. */
    readonly proves: string;
    readonly calls: Readonly<Record<string, Call<Target>>>;
    readonly targets: Readonly<Record<string, MakeTarget<Target>>>;
    readonly settings?: readonly AccessLevel[];
  },
): void {
  const rows = readMatrix(section);
  let elsewhere: TestOrganization;
  provideTestDatabase();
  beforeAll(async () => {
    elsewhere = await createTestOrganization("Elsewhere");
  });

  describe(proves, () => {
    for (const { verb, doneTo, cells } of rows) {
      const call = calls[verb];
      const makeTarget = targets[doneTo];
      const entries = Number(cells.get("entries"));
      test(`${verb}: ${doneTo}`, async () => {
        if (call === undefined || makeTarget === undefined) throw new Error("Nothing says how to do this");
        const row = { call, makeTarget, entries };
        const world = await MatrixWorld.create(elsewhere);
        for (const setting of settings) {
          await database().organization.update({
            where: { id: world.organization.id },
            data: { keyCreators: setting },
          });
          const expected: Record<string, string> = {};
          const actual: Record<string, string> = {};
          for (const [name, text] of cells) {
            const cell = cellBySetting(text)[setting];
            if (name === "entries" || cell === "-") continue;
            expected[name] = cell;
            actual[name] = await tryCell(world, name, row, cell === "ok" && entries > 0);
          }
          expect(actual, `where ${setting} and above create keys`).toEqual(expected);
        }
      });
    }

    test("[L7] no change is made if its audit entry cannot be written", async () => {
      const world = await MatrixWorld.create(elsewhere);
      const outcomes: Record<string, string> = {};
      for (const { verb, doneTo, cells } of rows) {
        const call = calls[verb];
        const makeTarget = targets[doneTo];
        const isChange = Number(cells.get("entries")) > 0 && cells.get("owner") === "ok";
        if (call === undefined || makeTarget === undefined || !isChange || verb in outcomes) continue;
        outcomes[verb] = await tryWithoutAudit(world, { call, makeTarget });
      }
      expect(outcomes).toEqual(Object.fromEntries(Object.keys(outcomes).map((verb) => [verb, "stopped"])));
    });

    test("each call with each target is in the table", () => {
      expect(new Set(rows.map(({ verb }) => verb))).toEqual(new Set(Object.keys(calls)));
      expect(new Set(rows.map(({ doneTo }) => doneTo))).toEqual(new Set(Object.keys(targets)));
    });
  });
}
