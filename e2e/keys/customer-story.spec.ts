import { createHash, randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import {
  chooseAction,
  generateKey,
  keyRow,
  keysPath,
  rollKey,
  shownNames,
} from "../support/browser/api-keys-page";
import { people } from "../support/browser/people";
import { seedKeys } from "../support/browser/seeded-keys";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

/** A customer's token from their old system. */
const customer = (number: number) => {
  const token = `old-system.${randomUUID()}`;
  const metadata = `{"plan": "pro", "seats": ${number}.0, "2": 12345678901234567890, "1": "é"}`;
  return { token, metadata, name: `Customer ${number}`, subject: `cus_${number % 4}` };
};
const customers = [1, 2, 3, 4, 5].map(customer);

async function send(url: string, token: string, path: string, body: string): Promise<string> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return text;
}

async function confirmChange(page: Page, title: string, button: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

test("[L13, L14, L15] a customer's story: import, verify, pause, resume, bound, roll and find keys", async ({
  browser,
}) => {
  test.slow();
  // A separate server, because the policy would end other tests' keys.
  const latchkey = await startLatchkey((made) =>
    seedKeys(made, [
      { name: "Forgotten", created: 400 },
      { name: "Ends soon", created: 26 },
      { name: "Recent", created: 3 },
    ]),
  );
  const { url } = latchkey.server;
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  await signIn(page, url, "OWNER");
  await page.goto(keysPath);
  const { token: service } = await generateKey(page, { name: "Service", choices: { accessLevel: "OWNER" } });
  const verify = (key: string) => send(url, service, "/v1/keys/verify", JSON.stringify({ key }));
  const codeOf = async (key: string) => (JSON.parse(await verify(key)) as { code: string }).code;

  await test.step("import five keys", async () => {
    expect(await codeOf(customers[0]?.token ?? "")).toMatch(/UNKNOWN|MALFORMED/);
    const keys = customers.map(({ token, metadata, name, subject }) => {
      const sha256 = createHash("sha256").update(token).digest("hex");
      const rest = JSON.stringify({ sha256, name, subject, access_level: "MEMBER", roles: ["read_only"] });
      return `${rest.slice(0, -1)},"metadata":${metadata}}`;
    });
    await send(url, service, "/v1/keys/import", `{"keys":[${keys.join(",")}]}`);
  });

  await test.step("each verdict says whose key it is, exactly as it was written", async () => {
    for (const { token, subject, metadata } of customers) {
      const answer = await verify(token);
      expect(JSON.parse(answer)).toMatchObject({ valid: true, code: "VALID", subject });
      expect(answer).toContain(metadata);
    }
  });

  await test.step("pause one, and resume it", async () => {
    const token = customers[1]?.token ?? "";
    await page.reload();
    await expect(keyRow(page, "Customer 2")).toContainText("Imported");
    await chooseAction(page, "Customer 2", "Pause");
    await confirmChange(page, "Pause key", "Pause");
    expect(await codeOf(token)).toBe("PAUSED");
    await chooseAction(page, "Customer 2", "Resume");
    await confirmChange(page, "Resume key", "Resume");
    expect(await codeOf(token)).toBe("VALID");
  });

  await test.step("set a maximum lifetime of 30 days, and see which keys end", async () => {
    await page.goto("/acme/settings/general");
    await page.getByLabel("Maximum lifetime").fill("30");
    await page.getByRole("button", { name: "Save" }).click();
    const review = page.getByRole("dialog", { name: "Set the maximum lifetime to 30 days?" });
    await expect(review).toContainText("1 key will expire at once, 1 key will expire within 7 days, and ");
    const ending = review.getByRole("list", { name: "Keys that end" });
    await expect(ending).toContainText(people.OWNER.name);
    await expect(ending).toContainText("Forgotten");
    await expect(ending).toContainText("Ends soon");
    await expect(ending).not.toContainText("Recent");
    await review.getByRole("button", { name: "Save and end 1 key" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    await page.goto(`${keysPath}?status=expired`);
    await expect(keyRow(page, "Forgotten")).toBeVisible();
    const answer = JSON.parse(await verify(customers[0]?.token ?? "")) as Record<string, string>;
    expect(answer.expiry_set_by).toBe("policy");
    const days = (new Date(answer.expires_at ?? "").getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
  });

  await test.step("roll an imported key into an ordinary one", async () => {
    await page.goto(keysPath);
    const rolled = await rollKey(page, "Customer 3", "12 hours");
    expect(rolled).toMatch(/^lk_sk_[0-9A-Za-z]{54}$/);
    const old = customers[2]?.token ?? "";
    expect(JSON.parse(await verify(old))).toMatchObject({
      code: "VALID",
      secret: "previous",
      subject: "cus_3",
    });
    expect(await verify(rolled)).toContain(customers[2]?.metadata);
    await expect(keyRow(page, "Customer 3")).not.toContainText("Imported");
  });

  await test.step("find a customer's keys by the subject", async () => {
    await page.goto(`${keysPath}?subject=cus_1`);
    // Keys of one import have the same creation time, so their order varies.
    await expect.poll(async () => (await shownNames(page)).sort()).toEqual(["Customer 1", "Customer 5"]);
    await page.getByRole("button", { name: /^Remove filter: / }).click();
    await expect(keyRow(page, "Recent")).toBeVisible();
  });

  await page.context().close();
  await stopLatchkey(latchkey);
});
