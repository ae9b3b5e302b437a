import type { Page } from "@playwright/test";
import { deferred } from "../timing/deferred";

/** Holds back all script files, as on a slow line, until the returned function is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  const called = deferred();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await called.promise;
    await route.continue();
  });
  return called.resolve;
}
