import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** The row of the endpoint with exactly this URL. */
export function endpointRow(page: Page, url: string): Locator {
  const actions = page.getByRole("button", { name: `Actions for ${url}`, exact: true });
  return page.getByRole("table", { name: "Endpoints" }).getByRole("row").filter({ has: actions });
}

/** The rows of the deliveries, without the header. */
export function deliveryRows(page: Page): Locator {
  return page.getByRole("table", { name: "Deliveries" }).locator("tbody tr");
}

/** The details of one delivery, beside the list. */
export function deliveryFacts(page: Page): Locator {
  return page.getByRole("region", { name: /^(?:key|member|role|webhook)\./ });
}

/** Adds an endpoint and returns the signing secret, which is copied before the dialog closes. */
export async function addEndpoint(page: Page, url: string, events: readonly string[] = []): Promise<string> {
  await page.getByRole("button", { name: "Add endpoint" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("URL", { exact: true }).fill(url);
  if (events.length > 0) await dialog.getByRole("radio", { name: "Chosen events" }).check();
  for (const event of events) await dialog.getByRole("checkbox", { name: event, exact: true }).check();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  return takeSecret(dialog);
}

/** Reads and copies the secret that the dialog shows, and closes the dialog. */
export async function takeSecret(dialog: Locator): Promise<string> {
  const secret = await dialog.getByLabel("Signing secret").inputValue();
  await dialog.getByRole("button", { name: "Copy secret" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return secret;
}

/** Chooses from an endpoint's menu, and returns the dialog that opens. */
export async function openEndpointDialog(page: Page, url: string, action: string): Promise<Locator> {
  await page.getByRole("button", { name: `Actions for ${url}`, exact: true }).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}
