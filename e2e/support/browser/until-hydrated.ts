import type { Locator } from "@playwright/test";
import { expect } from "@playwright/test";

/** Waits until React has hydrated this element. A menu pressed earlier stays closed. */
export async function untilHydrated(element: Locator): Promise<void> {
  const hears = (node: Element) => Object.keys(node).some((name) => name.startsWith("__reactProps"));
  await expect.poll(() => element.evaluate(hears).catch(() => false)).toBe(true);
}
