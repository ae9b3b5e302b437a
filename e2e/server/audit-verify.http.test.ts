import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import { createPeople } from "../support/browser/people";
import type { Installation } from "../support/database/installation";
import { createInstallation } from "../support/database/installation";

let installation: Installation;
beforeAll(async () => {
  installation = await createInstallation();
  await installation.withDatabase(createPeople);
});
afterAll(() => installation.remove());

/** The program behind `npm run audit:verify`, once everything is built. */
function verify(...args: string[]) {
  const { PATH } = process.env;
  const env = { PATH, NODE_ENV: "production" as const, ...installation.variables };
  return new Promise<{ code: unknown; out: string; errors: string }>((resolve) => {
    execFile(process.execPath, ["dist/scripts/audit-verify.mjs", ...args], { env }, (error, out, errors) =>
      resolve({ code: error?.code ?? 0, out, errors }),
    );
  });
}

test("[L7] the command says what is wrong and where, and its exit code tells the result", async () => {
  const file = join(process.cwd(), "node_modules/.cache", `checkpoints-${process.pid}`);
  const whole = await verify("--write-checkpoint", file);
  expect(whole).toMatchObject({ code: 0, out: expect.stringMatching(/: \d+ entries, whole\n/) });
  expect(await verify("--checkpoint", file)).toMatchObject({ code: 0, errors: "" });

  await installation.withDatabase(async () => {
    await inTransaction(async (transaction) => {
      await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
      await transaction.$executeRaw`DELETE FROM audit_entries WHERE sequence > 1`;
      await transaction.$executeRaw`UPDATE audit_heads h SET sequence = 1, hash = e.hash
        FROM audit_entries e WHERE e.organization_id = h.organization_id`;
    });
    expect(await database().auditEntry.count({ where: { sequence: 1 } })).toBeGreaterThan(0);
  });
  expect((await verify()).code).toBe(0);
  const cut = await verify("--checkpoint", file, "--write-checkpoint", file);
  expect(cut).toMatchObject({
    code: 1,
    out: expect.stringContaining("missing at the end: the checkpoint of"),
  });
  expect((await verify("--checkpoint", file)).code).toBe(1);
  rmSync(file);

  expect(await verify("--checkpoint", file)).toMatchObject({
    code: 2,
    errors: expect.stringContaining(file),
  });
  expect(await verify("--everything")).toMatchObject({ code: 2, errors: expect.stringContaining("Usage:") });
});
