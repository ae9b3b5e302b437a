import type { Page } from "@playwright/test";
import { test as base } from "@playwright/test";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Installation } from "../database/installation";
import { createInstallation } from "../database/installation";
import type { ServerProcess } from "../processes/server-process";
import { startServer } from "../processes/server-process";
import { deployedServer, deployedTag } from "./deployed-server";
import type { OwnOrganization } from "./own-organization";
import { createOwnOrganization } from "./own-organization";
import type { MadePeople } from "./people";
import { createPeople, people } from "./people";
import { untilHydrated } from "./until-hydrated";

/** A running Latchkey with the organization "Acme" and its people. */
export type Latchkey = {
  readonly installation: Installation;
  readonly organizationId: string;
  /** The server process, which changes at a restart. */
  server: ServerProcess;
};

type WorkerFixtures = { latchkey: Latchkey };
type Fixtures = {
  /** A new browser, signed in as a person with this level. */
  signedInAs: (level: AccessLevel) => Promise<Page>;
  /** A new organization with its owner signed in, for a test that counts rows or changes settings. */
  ownOrganization: () => Promise<OwnOrganization & { readonly page: Page }>;
  /** Sets the server's clock this far ahead, and back after the test. Use `page.clock` for the browser's. */
  moveClock: (milliseconds: number) => Promise<void>;
};

/**
 * @param seed fills the database before the server opens it
 * @param variables environment variables in addition to those of every test server
 */
export async function startLatchkey(
  seed?: (made: MadePeople) => Promise<void>,
  variables: Readonly<Record<string, string>> = {},
): Promise<Latchkey> {
  const installation = await createInstallation();
  const made = await installation.withDatabase(async () => {
    const people = await createPeople();
    await seed?.(people);
    return people;
  });
  const server = await startServer({ ...installation.variables, ...variables });
  return { installation, organizationId: made.organizationId, server };
}

/** A server that the tests did not start. Only its URL can be used. */
function deployedLatchkey(url: string): Latchkey {
  const missing = (): never => {
    throw new Error(
      `This test needs a server of its own. Run it without E2E_BASE_URL, or without ${deployedTag}.`,
    );
  };
  const server = new Proxy({ url } as ServerProcess, {
    get: (target, name) => (name === "url" ? target.url : missing()),
  });
  return new Proxy({ server } as Latchkey, {
    get: (target, name) => (name === "server" ? target.server : missing()),
  });
}

export async function stopLatchkey({ installation, server }: Latchkey): Promise<void> {
  await server.stop();
  await installation.remove();
}

/** Signs the page's browser in with requests, which saves two page loads. The page does not navigate. */
export async function signIn(page: Page, url: string, level: AccessLevel): Promise<void> {
  const { request } = page.context();
  const { email, password } = people[level];
  const { csrfToken } = await (await request.get(`${url}/api/auth/csrf`)).json();
  const answer = await request.post(`${url}/api/auth/callback/credentials`, {
    headers: { origin: url },
    form: { csrfToken, json: "true", email, password },
  });
  if (!answer.ok()) throw new Error(`${email} was not signed in: ${answer.status()} ${await answer.text()}`);
}

/** Signs in like a person, and waits until the dashboard reacts to input. */
export async function signInByForm(page: Page, url: string, level: AccessLevel): Promise<void> {
  const { email, password } = people[level];
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await untilHydrated(page.getByRole("button", { name: "Account menu" }));
}

/** All tests of a worker share one server; a test that cannot share it starts its own. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  latchkey: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures off a pattern
    async ({}, use) => {
      const deployed = deployedServer();
      if (deployed !== undefined) return await use(deployedLatchkey(deployed.url));
      const latchkey = await startLatchkey();
      await use(latchkey);
      await stopLatchkey(latchkey);
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ latchkey }, use) => use(latchkey.server.url),
  signedInAs: async ({ browser, latchkey }, use) => {
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async (level) => {
      const context = await browser.newContext({ baseURL: latchkey.server.url });
      contexts.push(context);
      const page = await context.newPage();
      await signIn(page, latchkey.server.url, level);
      return page;
    });
    for (const context of contexts) await context.close();
  },
  ownOrganization: async ({ signedInAs }, use) =>
    use(async () => {
      const page = await signedInAs("OWNER");
      return { page, ...(await createOwnOrganization(page)) };
    }),
  moveClock: async ({ latchkey }, use) => {
    await use((milliseconds) => latchkey.server.shiftClock(milliseconds));
    await latchkey.server.shiftClock(0);
  },
});

export { expect } from "@playwright/test";
