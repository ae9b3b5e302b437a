import type { BrowserContext, Page } from "@playwright/test";
import { chromium } from "@playwright/test";
import { presentKey, verifyToken } from "../support/api/api";
import { openAccountMenu } from "../support/browser/account-menu";
import {
  chooseAction,
  confirm,
  copySecret,
  fillGenerateForm,
  keyRow,
  keysPath,
  readRevealed,
  rollDialog,
} from "../support/browser/api-keys-page";
import { createPeople } from "../support/browser/people";
import { expect, signInByForm, test } from "../support/browser/test";
import {
  asAdministrator,
  createInstallation,
  temporaryDirectory,
  testDatabaseKind,
} from "../support/database/installation";
import { findInFiles } from "../support/processes/find-in-files";
import { startRecordingProxy } from "../support/processes/recording-proxy";
import { startServer } from "../support/processes/server-process";

/** These 32 characters are the secret; the prefix and the key id before them are not. */
const secretOf = (token: string) => token.slice(22, 54);

/** Everything a browser keeps of a page that a script or another person at the computer could find. */
async function kept(page: Page, context: BrowserContext): Promise<string> {
  const inPage = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const cacheNames = await caches.keys();
    const cached = await Promise.all(
      cacheNames.map(async (name) => (await (await caches.open(name)).keys()).map((request) => request.url)),
    );
    return JSON.stringify({
      document: document.documentElement.outerHTML,
      fields: [...document.querySelectorAll("input, textarea")].map(
        (field) => "value" in field && field.value,
      ),
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases,
      cached,
      history: [location.href, history.state],
      loaded: performance.getEntries().map((entry) => entry.name),
      name: window.name,
      // The payloads that Next keeps.
      flight: Reflect.get(window, "__next_f"),
    });
  });
  return inPage + JSON.stringify(await context.cookies());
}

test("[S6] [Y3] [Y7] a secret is in its one response, and in no other file, page, response, log or storage", async () => {
  test.slow();
  const proxy = await startRecordingProxy();
  const installation = await createInstallation();
  await installation.withDatabase(createPeople);
  const server = await startServer({ ...installation.variables, APP_URL: proxy.url });
  proxy.forwardTo(server.url);
  const profile = temporaryDirectory("profile");
  const { launchOptions } = test.info().project.use;
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();

  const said: string[] = [];
  context.on("console", (message) => said.push(message.text()));

  const secrets: string[] = [];
  const isNowhere = async (when: string) => {
    const everything = await kept(page, context);
    for (const secret of secrets) expect(everything.includes(secret), when).toBe(false);
  };

  await signInByForm(page, proxy.url, "OWNER");
  await page.goto(`${proxy.url}/account/profile`);
  await page.goto(proxy.url + keysPath);
  const generated = await test.step("generate, copy, Done", async () => {
    const dialog = await fillGenerateForm(page, { name: "Canary", choices: { accessLevel: "ADMIN" } });
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    const { token } = await readRevealed(dialog);
    secrets.push(secretOf(token));
    // Proof that the search works: now it finds the secret.
    expect((await kept(page, context)).includes(secretOf(token))).toBe(true);
    await copySecret(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    await isNowhere("after Done");
    return token;
  });

  await test.step("Back, Forward, reload", async () => {
    await page.goBack();
    await isNowhere("after Back");
    await page.goForward();
    await expect(keyRow(page, "Canary")).toBeVisible();
    await isNowhere("after Forward");
    await page.reload();
    await isNowhere("after a reload");
  });

  const rolled = await test.step("roll, and leave by Back with the secret on the screen", async () => {
    await chooseAction(page, "Canary", "View details");
    await expect(page.getByRole("dialog", { name: "API Key Details" })).toContainText("Canary");
    await page.keyboard.press("Escape");
    await chooseAction(page, "Canary", "Roll");
    const dialog = rollDialog(page);
    await confirm(dialog, "Roll");
    const { token } = await readRevealed(dialog);
    secrets.push(secretOf(token));
    await copySecret(dialog);
    await page.goBack();
    await expect(dialog).toBeHidden();
    await isNowhere("after Back from the reveal");
    await page.goForward();
    await isNowhere("and Forward again");
    return token;
  });

  await test.step("used, verified, mistyped, and pasted where it does not belong", async () => {
    expect(await presentKey(server.url, rolled)).toBe("200");
    expect(await presentKey(server.url, `${rolled}x`)).toBe("401 key_malformed");
    expect(await verifyToken(server.url, rolled, generated)).toBe("VALID previous");
    await page.goto(proxy.url + keysPath);
    await page.getByRole("searchbox", { name: "Search API keys" }).fill(rolled);
    await expect(keyRow(page, "Canary")).toBeVisible();
    await expect(page).toHaveURL(/search=/);
    await isNowhere("after it was searched for");
  });

  await test.step("sign-out, and Back after it", async () => {
    await openAccountMenu(page);
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await isNowhere("after the sign-out");
    await page.goBack();
    await isNowhere("after the sign-out and Back");
  });

  for (const secret of secrets) {
    const holding = proxy.exchanges().filter(({ answered }) => answered.includes(secret));
    expect(holding, "exactly one answer holds it").toHaveLength(1);
    expect(holding[0]?.asked).toMatch(/^POST /);
    expect(holding[0]?.answered).toMatch(/cache-control\n[^\n]*no-store/i);
    // The browser did not log the secret, and sent it back only to look up the pasted token: in a body, never in a
    // header.
    const sent = proxy.exchanges().filter(({ asked }) => asked.includes(secret));
    expect(sent.length > 0).toBe(secret === secretOf(rolled));
    for (const { asked } of sent) {
      expect(asked).toMatch(/^POST /);
      expect(asked.slice(0, asked.lastIndexOf("\n"))).not.toContain(secret);
    }
    expect(said.filter((text) => text.includes(secret))).toEqual([]);
  }

  await context.close();
  await proxy.close();
  // Proof that the search works: the visited URL is in the history.
  expect(findInFiles(profile, [new URL(proxy.url).host])).not.toEqual([]);
  expect(findInFiles(profile, secrets), "files of the browser").toEqual([]);

  if (testDatabaseKind() === "postgres") await asAdministrator("CHECKPOINT");
  await server.stop();
  for (const secret of secrets) expect(server.output()).not.toContain(secret);
  expect(findInFiles(installation.dataDir, secrets)).toEqual([]);
  const { databaseFiles } = installation;
  if (databaseFiles !== undefined) {
    // Proof that the search works: it finds the key's id.
    expect(findInFiles(databaseFiles, [generated.slice(6, 22)])).not.toEqual([]);
    expect(findInFiles(databaseFiles, secrets)).toEqual([]);
  }
  await installation.remove();
});
