import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe has against the page as it stands, in light and in dark. */
export async function expectAccessible(page: Page, what: string, except: string[] = []): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    // Next takes the title away while it brings the next one.
    await expect(page).toHaveTitle(/./);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
    const { violations } = await new AxeBuilder({ page }).withTags(rules).disableRules(except).analyze();
    const faults = violations.flatMap(({ id, nodes }) =>
      nodes.map(
        (node) => `${what}, ${colorScheme}: ${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`,
      ),
    );
    expect(faults).toEqual([]);
  }
}

/**
 * What axe cannot know of an open menu: it stands outside the landmarks because it floats over all of
 * them, and the focus is kept in it, so that what is hidden behind it is out of reach.
 */
export const aboutMenus = ["region", "aria-hidden-focus", "page-has-heading-one"];
