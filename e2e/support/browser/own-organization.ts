import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** An organization for a single test, with its paths. */
export type OwnOrganization = {
  readonly name: string;
  readonly slug: string;
  readonly keysPath: string;
  readonly membersPath: string;
  readonly rolesPath: string;
  readonly generalPath: string;
};

/** A unique name, for tests that leave something behind. */
export function unusedName(name: string): string {
  return `${name} ${randomBytes(4).toString("hex")}`;
}

/** Creates an organization by the page "New organization"; the person signed in there owns it. */
export async function createOwnOrganization(page: Page): Promise<OwnOrganization> {
  const name = unusedName("QA");
  await page.goto("/new");
  await page.getByLabel("Organization name").fill(name);
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/qa-[0-9a-f]{8}/);
  const slug = new URL(page.url()).pathname.split("/")[1] ?? "";
  const settings = `/${slug}/settings`;
  return {
    ...{ name, slug, keysPath: `${settings}/api-keys`, membersPath: `${settings}/members` },
    ...{ rolesPath: `${settings}/roles`, generalPath: `${settings}/general` },
  };
}
