import { compactVerify, createLocalJWKSet } from "jose";
import { endKey, generateKey } from "../../support/browser/api-keys-page";
import { expectAccessible } from "../../support/browser/expect-accessible";
import { expect, test } from "../../support/browser/test";

test("[L1] after Revoke the page says which nodes acknowledged, and links to a printable receipt that verifies", async ({
  ownOrganization,
}) => {
  const { page, keysPath } = await ownOrganization();
  await page.goto(keysPath);
  const { id } = await generateKey(page, { name: "Leaked in a video" });
  await endKey(page, "Leaked in a video", "Revoke");
  await expect(page.getByText("“Leaked in a video” was revoked. 1 node acknowledged it.")).toBeVisible();
  await page.getByRole("link", { name: "Receipt", exact: true }).click();

  await expect(page.getByRole("heading", { name: "Revocation receipt" })).toBeVisible();
  const article = page.getByRole("article");
  await expect(article).toContainText("no node has accepted Leaked in a video");
  await expect(article).toContainText(id);
  await expect(article.getByRole("listitem").first()).toContainText(/process \d+.*Acknowledged/);
  await expectAccessible(page, "the receipt");

  const receipt = (await article.locator("pre").textContent()) ?? "";
  const published = await (await page.request.get("/.well-known/jwks.json")).json();
  const { payload } = await compactVerify(receipt, createLocalJWKSet(published));
  expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ key_id: id, reason: "person" });

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(article).toBeVisible();
});
