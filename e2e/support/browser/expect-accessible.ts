import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The only rules that depend on the colour scheme, since both show the same elements. */
const rulesOfColour = ["color-contrast", "link-in-text-block"];

/** Expects that axe finds nothing on the current page, in light and in dark. */
export async function expectAccessible(page: Page, what: string, except: string[] = []): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    // Next removes the title while it loads the next one.
    await expect(page).toHaveTitle(/./);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
    const look = async () => {
      // A list that is loading is dimmed.
      await expect(page.locator("table[aria-busy=true]")).toHaveCount(0);
      await untilColoured(page);
      return findFaults(page, colorScheme, except);
    };
    let faults = await look();
    // A list may have started loading in the meantime.
    if (faults.some((fault) => fault.startsWith("color-contrast"))) faults = await look();
    expect(faults.map((fault) => `${what}, ${colorScheme}: ${fault}`)).toEqual([]);
  }
}

/** Colours change over some frames after the scheme has, and on a busy machine each of these takes long. */
async function untilColoured(page: Page): Promise<void> {
  const changing = () =>
    page.evaluate(() => document.getAnimations().filter((one) => one instanceof CSSTransition).length);
  await expect.poll(changing).toBe(0);
}

/** What axe finds on the page as it is. In dark, only the rules that depend on colours run. */
export async function findFaults(page: Page, colorScheme: "light" | "dark", except: string[] = []) {
  // Reuse axe's script if the page already has it: loading takes longer than running.
  const isLoaded = await page.evaluate(() => "axe" in window);
  const axe = new AxeBuilder(isLoaded ? { page, axeSource: "true" } : { page })
    // Otherwise axe opens another page to merge the results of frames, and no page has any.
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
  const asked =
    colorScheme === "light" ? axe.withTags(tags).disableRules(except) : axe.withRules(rulesOfColour);
  const { violations } = await asked.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
  );
}

/**
 * Rules that axe misjudges on an open menu: it is outside the landmarks because it floats above all of them, and it
 * traps the focus, so that everything behind it is out of reach.
 */
export const aboutMenus = ["region", "aria-hidden-focus", "page-has-heading-one"];
