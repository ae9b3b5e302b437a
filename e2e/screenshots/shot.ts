import type { Page } from "@playwright/test";
import type { SeededServer } from "../support/seeded/seeded-server";

export type Shot = {
  readonly name: string;
  /** Whether it is taken without a session. */
  readonly isPublic?: boolean;
  /** The person who is signed in; the owner by default. */
  readonly as?: "ben@example.com" | "chloe@example.com";
  /** Whether it depends on the number of keys. Other shots are only taken with 60 keys. */
  readonly byKeys?: boolean;
  /** Whether it changes data or disturbs other pages. Such shots are taken last, one at a time. */
  readonly changes?: boolean;
  /** Whether it does not exist on phones. */
  readonly isWide?: boolean;
  /** Whether to take the whole page rather than the window. */
  readonly isWholePage?: boolean;
  readonly open: Open;
};

export type Open = (page: Page, at: SeededServer) => Promise<void>;

/** Goes to a path of the server, in which `{organization}` stands for the organization's slug. */
export const visit =
  (path: string): Open =>
  async (page, at) => {
    await page.goto(at.url + path.replace("{organization}", at.organization));
    await page.getByRole("heading", { level: 1 }).first().waitFor();
  };

export const settings = (name: string): Open => visit(`/{organization}/settings/${name}`);
export const keys = settings("api-keys");

export const press = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name }).first().click();

/** Opens the page, then does what a person would do there. */
export const andThen =
  (open: Open, act: (page: Page) => Promise<unknown>): Open =>
  async (page, at) => {
    await open(page, at);
    await act(page);
  };

/** Opens the page, then presses a button that opens a dialog. */
export const behindButton = (open: Open, button: string | RegExp): Open =>
  andThen(open, async (page) => {
    await press(page, button);
    await page.getByRole("dialog").last().waitFor();
  });

/** Opens the first menu with this name and chooses from it, which opens a dialog or the sheet. */
export async function choose(
  page: Page,
  item: string,
  menu: string | RegExp = /^Actions for /,
): Promise<void> {
  await press(page, menu);
  await page.getByRole("menuitem", { name: item, exact: true }).click();
  await page.getByRole("dialog").last().waitFor();
}

export const behindMenu = (open: Open, item: string, menu?: string | RegExp): Open =>
  andThen(open, (page) => choose(page, item, menu));
