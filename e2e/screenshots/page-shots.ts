import { goOffline } from "../support/browser/network-faults";
import { andThen, behindButton, behindMenu, keys, press, type Shot, settings, visit } from "./shot";

/** Is this a navigation? Prefetches are let through. */
const isNavigation = (headers: Readonly<Record<string, string>>) =>
  headers.rsc !== undefined && headers["next-router-prefetch"] === undefined;

const webhooks = settings("webhooks");
const failingEndpoint = andThen(webhooks, (page) =>
  page
    .getByRole("link", { name: /^Deliveries to .*hooks\./ })
    .click()
    .then(() => page.waitForURL(/endpoint=/)),
);
const webhookShots: readonly Shot[] = [
  { name: "webhooks", open: webhooks },
  { name: "webhooks-endpoint", open: failingEndpoint },
  {
    name: "webhooks-delivery",
    open: andThen(failingEndpoint, async (page) => {
      await page.getByRole("table", { name: "Deliveries" }).getByRole("link").first().click();
      await page.getByRole("button", { name: "Send again" }).waitFor();
    }),
  },
  {
    name: "webhooks-add",
    open: andThen(behindButton(webhooks, "Add endpoint"), (page) =>
      page.getByRole("radio", { name: "Chosen events" }).check(),
    ),
  },
  ...["Edit", "Rotate secret", "Disable", "Delete"].map((verb) => ({
    name: `webhooks-${verb.toLowerCase().replace(" ", "-")}`,
    open: behindMenu(webhooks, verb),
  })),
];

/** The pages before the sign-in, the account, and the frame around all pages. */
export const pageShots: readonly Shot[] = [
  ...webhookShots,
  { name: "sign-in", isPublic: true, open: visit("/sign-in") },
  {
    name: "sign-in-refused",
    isPublic: true,
    open: andThen(visit("/sign-in"), async (page) => {
      await page.getByLabel("Email").fill("ana@example.com");
      await page.getByLabel("Password").fill("not her password");
      await press(page, "Sign in");
      await page.getByRole("alert").filter({ hasText: /./ }).waitFor();
    }),
  },
  { name: "report-leak", isPublic: true, open: visit("/report-leak") },
  { name: "forgot-password", isPublic: true, open: visit("/forgot-password") },
  { name: "setup-closed", isPublic: true, open: visit("/setup") },
  { name: "invitation-closed", isPublic: true, open: visit("/invite/none") },
  { name: "set-password-closed", isPublic: true, open: visit("/set-password/none") },
  { name: "reset-password-closed", isPublic: true, open: visit("/reset-password/none") },
  { name: "not-found", open: settings("no-such-page") },
  { name: "not-found-public", isPublic: true, open: visit("/no/such/page") },
  { name: "overview", byKeys: true, open: visit("/{organization}") },
  {
    name: "overview-table",
    isWholePage: true,
    open: andThen(visit("/{organization}?period=24h"), (page) => press(page, "Show as table")),
  },
  { name: "overview-whole", isWholePage: true, open: visit("/{organization}") },
  { name: "overview-member", as: "chloe@example.com", open: visit("/{organization}") },
  { name: "new-organization", open: visit("/new") },
  { name: "profile", open: visit("/account/profile") },
  { name: "security", open: visit("/account/security") },
  { name: "notices", byKeys: true, open: visit("/account/notices") },
  { name: "notices-mail", open: visit("/account/notices/mail") },
  { name: "notices-none", as: "ben@example.com", open: visit("/account/notices") },
  { name: "personal-keys", open: visit("/account/api-keys/{organization}") },
  {
    name: "account-menu",
    open: andThen(keys, async (page) => {
      await press(page, "Account menu");
      await page.getByRole("menu").waitFor();
    }),
  },
  {
    name: "organization-switcher",
    open: andThen(keys, async (page) => {
      await press(page, /^Organization: |^Switch organization/);
      await page.getByRole("menu").or(page.getByRole("dialog")).first().waitFor();
    }),
  },
  {
    name: "command-menu",
    open: andThen(keys, async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: "Command menu" }).waitFor();
    }),
  },
  {
    name: "command-menu-found",
    open: andThen(keys, async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search or jump to" }).fill("a");
      await page.getByRole("option").first().waitFor();
    }),
  },
  {
    name: "command-menu-nothing",
    open: andThen(keys, async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search or jump to" }).fill("nothing has this name");
    }),
  },
  {
    name: "shortcuts",
    open: andThen(keys, async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    }),
  },
  {
    name: "offline",
    changes: true,
    open: andThen(keys, async (page) => {
      await goOffline(page);
      await page.getByRole("status").filter({ hasText: "You are offline" }).waitFor();
      await press(page, "Generate New Key");
      await page.getByRole("alert").filter({ hasText: "could not be loaded" }).waitFor();
    }),
  },
  {
    name: "updated",
    open: andThen(keys, async (page) => {
      await press(page, "Generate New Key");
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name", { exact: true }).fill("Older page");
      await page.getByLabel("Access level", { exact: true }).isEnabled();
      // Next's response to an unknown action id.
      const headers = { "x-nextjs-action-not-found": "1" };
      await page.route("**/*", (route) =>
        route.request().method() === "POST"
          ? route.fulfill({ status: 404, headers, contentType: "text/plain", body: "Not found." })
          : route.fallback(),
      );
      await dialog.getByRole("button", { name: "Generate", exact: true }).click();
      await dialog.getByRole("alert").filter({ hasText: "Latchkey was updated" }).waitFor();
    }),
  },
  {
    name: "loading",
    open: async (page, at) => {
      await page.goto(`${at.url}/${at.organization}/settings/roles`);
      // The loading state is prefetched once the link is in view.
      await page.getByRole("link", { name: "API keys" }).first().scrollIntoViewIfNeeded();
      await page.waitForLoadState("networkidle");
      await page.route("**/*", (route) =>
        isNavigation(route.request().headers()) ? new Promise(() => {}) : route.fallback(),
      );
      await page.getByRole("link", { name: "API keys" }).first().click();
      await page.getByRole("heading", { name: "API keys", level: 1 }).waitFor();
    },
  },
];

/** The documentation needs no session. */
export const docsShots: readonly Shot[] = [
  { name: "docs", isPublic: true, isWholePage: true, open: visit("/docs") },
  { name: "docs-reference", isPublic: true, isWholePage: true, open: visit("/docs/api") },
  { name: "docs-topic", isPublic: true, isWholePage: true, open: visit("/docs/api/keys") },
  { name: "docs-operation", isPublic: true, isWholePage: true, open: visit("/docs/api/keys/verifyKey") },
  { name: "docs-errors", isPublic: true, isWholePage: true, open: visit("/docs/errors") },
  {
    name: "docs-search",
    isPublic: true,
    open: andThen(visit("/docs"), async (page) => {
      await page.keyboard.press("/");
      await page.getByRole("combobox", { name: "Search" }).fill("roll");
      await page.getByRole("option").first().waitFor();
    }),
  },
];
