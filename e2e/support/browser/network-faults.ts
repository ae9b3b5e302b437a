import { setTimeout as sleep } from "node:timers/promises";
import type { Page, Route } from "@playwright/test";

/** Cuts the browser off until the returned function is called. */
export async function goOffline(page: Page): Promise<() => Promise<void>> {
  await page.context().setOffline(true);
  return () => page.context().setOffline(false);
}

/** Delays every request by this time, as on a slow network, until the returned function is called. */
export async function slowDown(page: Page, milliseconds: number): Promise<() => Promise<void>> {
  const wait = async (route: Route) => {
    await sleep(milliseconds);
    // Fails if the test has ended meanwhile.
    await route.fallback().catch(() => undefined);
  };
  await page.route("**/*", wait);
  return () => page.unroute("**/*", wait);
}

/** Drops the response to the next change, which the server still carries out. */
export async function loseNextAnswer(page: Page): Promise<void> {
  let lost = false;
  await page.route("**/*", async (route) => {
    if (lost || route.request().method() !== "POST") return route.fallback();
    lost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
}
