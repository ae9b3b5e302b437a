import { expect, test } from "@playwright/test";
import {
  chooseAction,
  fillGenerateForm,
  generateKey,
  keyRow,
  keysPath,
  rollDialog,
} from "../support/browser/api-keys-page";
import { type Latchkey, signInByForm, startLatchkey, stopLatchkey } from "../support/browser/test";

const dayMs = 86_400_000;
let latchkey: Latchkey;
test.beforeAll(async () => {
  latchkey = await startLatchkey();
});
test.afterAll(() => stopLatchkey(latchkey));

/** Formats a moment as the page does, without seconds. */
const date = (moment: number) =>
  new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "Europe/Berlin" }).format(moment);

for (const [skewDays, name] of [
  [40, "Clock ahead"],
  [-40, "Clock behind"],
] as const) {
  test(`[Y6] [J7] a browser clock that is ${skewDays} days off affects nothing`, async ({ page }) => {
    const { url } = latchkey.server;
    await page.clock.setFixedTime(Date.now() + skewDays * dayMs);
    await signInByForm(page, url, "OWNER");
    await page.goto(url + keysPath);
    const before = Date.now();
    const dialog = await fillGenerateForm(page, { name: "Left", choices: { expiration: "30 days" } });
    const expiration = dialog.getByLabel("Expiration", { exact: true });
    const said = [date(before + 30 * dayMs), date(Date.now() + 30 * dayMs)];
    await expect(expiration).toHaveAccessibleDescription(new RegExp(`^Expires about (${said.join("|")})`));
    await dialog.getByRole("radio", { name: "Date and time" }).check();
    await expect(dialog.getByLabel("Expires at")).toHaveAccessibleDescription(
      /In your time zone, Europe\/Berlin/,
    );
    await dialog.getByRole("button", { name: "Cancel" }).click();

    const { token } = await generateKey(page, { name, choices: { expiration: "30 days" } });
    const me = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    const { expires_at: expiresAt } = await me.json();
    expect(Date.parse(expiresAt)).toBeGreaterThanOrEqual(before + 30 * dayMs);
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 30 * dayMs);
    await expect(keyRow(page, name)).toContainText("just now");
    await expect(keyRow(page, name)).toContainText(/in (29|30) days/);

    await chooseAction(page, name, "Roll");
    const grace = rollDialog(page).getByRole("radio", { name: "7 days" });
    const ends = [date(before + 7 * dayMs), date(Date.now() + 7 * dayMs)];
    await expect(grace).toHaveAccessibleDescription(new RegExp(`^Until (${ends.join("|")})`));
  });
}
