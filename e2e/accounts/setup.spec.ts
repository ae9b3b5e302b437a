import { openApiKeys } from "../support/browser/api-keys-page";
import { expect, test } from "../support/browser/test";
import { createInstallation } from "../support/database/installation";
import type { ServerProcess } from "../support/processes/server-process";
import { startServer } from "../support/processes/server-process";

test.describe("the setup", () => {
  let server: ServerProcess;
  let remove: () => Promise<void>;

  test.beforeEach(async () => {
    const installation = await createInstallation();
    server = await startServer(installation.variables);
    remove = installation.remove;
  });
  test.afterEach(async () => {
    await server.stop();
    await remove();
  });

  test("[J2] through the printed URL creates the owner, the organization and its Default API Key, once", async ({
    page,
  }) => {
    await page.goto(server.setupUrl());
    await page.getByLabel("Your name").fill("Ana Example");
    await page.getByLabel("Email").fill("ana@example.com");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByLabel("Organization name").fill("Acme & Söhne");
    await page.getByRole("button", { name: "Create organization" }).click();
    await page.getByRole("button", { name: "Account menu" }).waitFor();

    await openApiKeys(page);
    const row = page.getByRole("table", { name: "API keys" }).getByRole("row", { name: /Default API Key/ });
    await row.getByRole("button", { name: "Default API Key", exact: true }).click();
    await expect(page.getByRole("dialog", { name: "API Key Details" })).toContainText("Public");

    // The URL works only once.
    await page.context().clearCookies();
    await page.goto(server.setupUrl());
    await expect(page.getByRole("button", { name: "Create organization" })).toHaveCount(0);
    await page.goto(`${server.url}/sign-in`);
    await page.getByLabel("Email").fill("ana@example.com");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("button", { name: "Account menu" })).toBeVisible();
  });

  test("without its token cannot be taken over", async ({ page }) => {
    for (const path of [
      "/setup",
      "/setup?token=",
      `/setup?token=${"x".repeat(43)}`,
      "/setup?token=a&token=b",
    ]) {
      await page.goto(server.url + path);
      await expect(page.getByRole("heading", { name: "Setup" })).toBeVisible();
      await expect(page.getByRole("textbox")).toHaveCount(0);
      await expect(page.getByRole("button", { name: "Create organization" })).toHaveCount(0);
    }
  });

  test("shows each error at its field and keeps the input, except the password", async ({ page }) => {
    await page.goto(server.setupUrl());
    await page.getByLabel("Your name").fill("Ana");
    await page.getByLabel("Email").fill("not an email");
    await page.getByLabel("Password").fill("short");
    await page.getByLabel("Organization name").fill("Acme");
    await page.getByRole("button", { name: "Create organization" }).click();
    await expect(page.getByLabel("Email")).toHaveAccessibleDescription(/email address/);
    await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/12 characters/);
    await expect(page.getByLabel("Your name")).toHaveValue("Ana");
    await expect(page.getByLabel("Organization name")).toHaveValue("Acme");
  });
});
