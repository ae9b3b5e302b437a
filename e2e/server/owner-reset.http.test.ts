import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resetPassword } from "@/lib/services/password-reset/reset-password";
import { signIn } from "@/lib/services/sessions/sign-in";
import { createPeople, people } from "../support/browser/people";
import type { Installation } from "../support/database/installation";
import { createInstallation, testDatabaseKind } from "../support/database/installation";
import { startServer } from "../support/processes/server-process";

let installation: Installation;
beforeAll(async () => {
  installation = await createInstallation();
  await installation.withDatabase(createPeople);
});
afterAll(() => installation.remove());

const { email } = people.OWNER;
const password = "a password of a locked-out owner";
const origin = { at: new Date(), address: null, userAgent: null, requestId: null };

/** The program behind `npm run owner:reset`, once everything is built. */
function ownerReset(...args: string[]) {
  return ownerResetWith(installation.variables, ...args);
}

async function ownerResetWith(variables: Readonly<Record<string, string>>, ...args: string[]) {
  const { PATH } = process.env;
  const child = spawn(process.execPath, ["dist/scripts/owner-reset.mjs", ...args], {
    env: { PATH, NODE_ENV: "production", APP_URL: "http://keys.example.com", ...variables },
  });
  const [out, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once("close", resolve)),
  ]);
  return { out, errors, code, token: /\/reset-password\/([\w-]{43})$/m.exec(out)?.[1] ?? "" };
}

test("without a running server prints a link that works once", async () => {
  const { code, out, token } = await ownerReset(email);
  expect([code, token.length]).toEqual([0, 43]);
  expect(out).toContain("http://keys.example.com/reset-password/");
  expect(out.includes("Start the server, then open the link.")).toBe(testDatabaseKind() === "embedded");
  await installation.withDatabase(async () => {
    expect(await resetPassword({ token, password }, origin)).toMatchObject({ ok: true });
    expect(await resetPassword({ token, password }, origin)).toMatchObject({ code: "not_found" });
    expect(await signIn({ email, password }, origin)).toMatchObject({ ok: true });
  });
});

test("works next to a running server, whose socket is useless to other users", async () => {
  const server = await startServer(installation.variables);
  try {
    const { code, out, token } = await ownerReset(email);
    expect(code).toBe(0);
    expect(out).not.toContain("Start the server");
    const page = await fetch(`${server.url}/reset-password/${token}`);
    expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await page.text()).toContain(email);
    if (testDatabaseKind() === "embedded") {
      expect(statSync(join(installation.dataDir, "operator.sock")).mode & 0o777).toBe(0o600);
    }
    const where = testDatabaseKind() === "embedded" ? installation.dataDir : "the database of DATABASE_URL";
    expect(await ownerReset("nobody@example.com")).toMatchObject({
      code: 1,
      out: "",
      errors: `There is no account with the email nobody@example.com. This looked in ${where}.\n`,
    });
    expect(server.output()).not.toContain(token);
  } finally {
    expect(await server.stop()).toBe(0);
  }
});

test("refuses a directory without a database, and creates nothing there", async () => {
  const dataDir = join(installation.dataDir, "elsewhere");
  expect(await ownerResetWith({ DATA_DIR: dataDir }, email)).toMatchObject({
    code: 1,
    out: "",
    errors: `There is no Latchkey database in ${dataDir}. Set DATA_DIR or DATABASE_URL as for the server.\n`,
  });
  expect(existsSync(dataDir)).toBe(false);
});

test("prints its usage", async () => {
  expect(await ownerReset()).toMatchObject({
    code: 1,
    errors: expect.stringContaining("owner:reset -- email"),
  });
});
