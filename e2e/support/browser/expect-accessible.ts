import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds in the current page, in light and in dark. */
export async function expectAccessible(page: Page, what: string, except: string[] = []): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    // Next removes the title while it loads the next one.
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
 * Rules that axe misjudges on an open menu: it is outside the landmarks because it floats above all of them, and it
 * traps the focus, so that everything behind it is out of reach.
 */
export const aboutMenus = ["region", "aria-hidden-focus", "page-has-heading-one"];
