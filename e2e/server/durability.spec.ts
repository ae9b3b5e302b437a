import { presentKey, verifyToken } from "../support/api/api";
import { endKey, filterBy, generateKey, keyRow, keysPath, rollKey } from "../support/browser/api-keys-page";
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
