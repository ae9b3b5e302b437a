import { database } from "@/lib/db/client";
import { presentKey, verifyToken } from "../support/api/api";
import { endKey, filterBy, generateKey, keyRow, keysPath, rollKey } from "../support/browser/api-keys-page";
import { seedKeys } from "../support/browser/seeded-keys";
import { expect, signInByForm, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { startServer } from "../support/processes/server-process";

test("acknowledged actions survive a SIGKILL of the server: generate, roll, revoke, delete", async ({
  page,
}) => {
  test.slow();
  const latchkey = await startLatchkey();
  const { url } = latchkey.server;
  /** Kills the server as soon as something was acknowledged, and restarts it with the same data. */
  const killAndRestart = async () => {
    await latchkey.server.kill();
    latchkey.server = await startServer(latchkey.installation.variables, Number(new URL(url).port));
    await page.goto(url + keysPath);
  };

  await signInByForm(page, url, "OWNER");
  await page.goto(url + keysPath);

  const { name, token, id } = await generateKey(page, {
    name: "Survivor",
    choices: { accessLevel: "ADMIN" },
  });
  await killAndRestart();
  await expect(keyRow(page, name)).toContainText(id);
  expect(await presentKey(url, token)).toBe("200");

  const rolled = await rollKey(page, name);
  await killAndRestart();
  expect(await verifyToken(url, rolled, rolled)).toBe("VALID current");
  expect(await verifyToken(url, rolled, token)).toBe("VALID previous");
  await expect(keyRow(page, name)).toContainText("Rolling");

  await endKey(page, name, "Revoke");
  await killAndRestart();
  expect(await presentKey(url, token)).toBe("401 key_revoked");
  expect(await presentKey(url, rolled)).toBe("401 key_revoked");
  await filterBy(page, "Revoked");
  await expect(keyRow(page, name)).toBeVisible();

  await endKey(page, name, "Delete");
  await killAndRestart();
  await filterBy(page, "All");
  await expect(keyRow(page, "Default API Key")).toBeVisible();
  await expect(keyRow(page, name)).toHaveCount(0);
  expect(await presentKey(url, rolled)).toBe("401 key_revoked");

  await stopLatchkey(latchkey);
});

test("[L12] a revocation of 500 keys continues after two SIGKILLs: nothing is lost or done twice", async ({
  page,
}) => {
  test.slow();
  const names = Array.from({ length: 500 }, (_, index) => ({ name: `Crowd ${index + 1}` }));
  const latchkey = await startLatchkey((made) => seedKeys(made, names));
  const { url } = latchkey.server;
  const port = Number(new URL(url).port);
  await signInByForm(page, url, "OWNER");
  await page.goto(`${url}${keysPath}?search=Crowd`);
  await page.getByRole("checkbox", { name: "Select all keys on this page" }).check();
  const bar = page.getByRole("toolbar", { name: "Selected keys" });
  await bar.getByRole("button", { name: "Select all 500" }).click();

  // The server dies during the third step, and after the sixth, whose answer is lost.
  let steps = 0;
  await page.route(`${url}${keysPath}**`, async (route) => {
    if (route.request().method() !== "POST" || !route.request().postData()?.includes("seen")) {
      return route.continue();
    }
    steps++;
    if (steps === 6) await route.fetch();
    if (steps !== 3 && steps !== 6) return route.continue();
    const sent = steps === 3 ? route.fetch().catch(() => undefined) : undefined;
    await latchkey.server.kill();
    await sent;
    await route.abort();
  });
  await bar.getByRole("button", { name: "Revoke" }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke 500 keys" });
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
  for (const left of [400, 300]) {
    await expect(dialog).toContainText(`Stopped: ${left} keys left`);
    latchkey.server = await startServer(latchkey.installation.variables, port);
    await dialog.getByRole("button", { name: "Continue" }).click();
  }
  await expect(dialog).toContainText("500 keys revoked");
  await expect(dialog.getByRole("list", { name: "Left alone" })).toHaveCount(0);

  await latchkey.server.stop();
  await latchkey.installation.withDatabase(async () => {
    const where = { organizationId: latchkey.organizationId };
    expect(await database().apiKey.count({ where: { ...where, revokedAt: { not: null } } })).toBe(500);
    const entries = await database().auditEntry.findMany({ where: { ...where, action: "key.revoked" } });
    expect(entries).toHaveLength(500);
    expect(new Set(entries.map(({ targetId }) => targetId)).size).toBe(500);
  });
  await latchkey.installation.remove();
});
