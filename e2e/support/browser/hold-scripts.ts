import type { Page } from "@playwright/test";
import { deferred } from "../timing/deferred";

/** Lets no file with script come, as over a bad line, until the function that it gives is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  const called = deferred();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await called.promise;
    await route.continue();
  });
  return called.resolve;
}
