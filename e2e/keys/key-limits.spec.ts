import { presentKey } from "../support/api/api";
import {
  chooseAction,
  copySecret,
  fillGenerateForm,
  keyRow,
  keysPath,
  readRevealed,
} from "../support/browser/api-keys-page";
import { expect, test } from "../support/browser/test";

test("[L12] the dialogs set a key's addresses and rate limit, and its details show them", async ({
  signedInAs,
  latchkey,
}) => {
  const { url } = latchkey.server;
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Bound" });
  const advanced = dialog.getByRole("button", { name: "Advanced" });
  await advanced.click();
  const addresses = dialog.getByLabel("Allowed addresses");
  await addresses.fill("203.0.113.0/24\n10.0.0.1/8");
  await advanced.click();
  await expect(addresses).toBeHidden();
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(advanced).toHaveAttribute("aria-expanded", "true");
  await expect(addresses).toHaveAccessibleDescription(/10\.0\.0\.1\/8: write 10\.0\.0\.0\/8/);
  await expect(addresses).toBeFocused();
  await addresses.fill("203.0.113.0/24, 10.0.0.1");
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  const { token } = await readRevealed(dialog);
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  expect(await presentKey(url, token)).toBe("403 forbidden");

  await chooseAction(page, "Bound", "Edit");
  const edit = page.getByRole("dialog", { name: "Edit key" });
  await expect(edit.getByLabel("Allowed addresses")).toHaveValue("203.0.113.0/24\n10.0.0.1/32");
  await edit.getByLabel("Allowed addresses").fill("");
  await edit.getByLabel("Rate limit").fill("1");
  await edit.getByLabel("Period").click();
  await page.getByRole("option", { name: "Per day", exact: true }).click();
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit).toBeHidden();
  expect([await presentKey(url, token), await presentKey(url, token)]).toEqual(["200", "429 rate_limited"]);

  await keyRow(page, "Bound").getByRole("button", { name: "Bound", exact: true }).click();
  const limits = page.getByRole("dialog", { name: "API Key Details" }).getByLabel("Limits");
  await expect(limits).toContainText("Everywhere");
  await expect(limits).toContainText("1 request per day");
});
