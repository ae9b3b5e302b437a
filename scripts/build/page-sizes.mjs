import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../prepare.mjs";

/**
 * Limits on the JavaScript that pages load before they can be used, in KB, by route prefix; the longest match applies.
 * React and Next alone take 130. Headers add 0.4 KB per file; with those of its 17 files, the keys page stays below
 * 180.
 *
 * @type {Record<string, number>}
 */
const budgets = {
  "/": 140,
  "/[organization]": 153,
  "/[organization]/settings": 143,
  "/[organization]/settings/general": 171,
  "/[organization]/settings/receipts": 145,
  "/[organization]/settings/api-keys": 173,
  "/[organization]/settings/applications": 162,
  "/[organization]/settings/applications/[...resource]": 209,
  "/[organization]/settings/members": 192,
  "/[organization]/settings/audit-log": 157,
  "/[organization]/settings/webhooks": 152,
  "/[organization]/settings/roles": 161,
  "/account": 147,
  "/account/api-keys": 140,
  "/account/api-keys/[organization]": 205,
  "/new": 143,
};

/**
 * The JavaScript of each page's first load, compressed as the server sends it. Code that is loaded later, on demand,
 * does not count.
 *
 * @returns {{ page: string, kilobytes: number, budget: number }[]} the heaviest first
 * @throws {Error} if the dashboard is not built, or Next no longer reports which files a page loads
 */
export function pageSizes() {
  const stats = join(root, ".next/diagnostics/route-bundle-stats.json");
  if (!existsSync(stats)) throw new Error(`There is no ${stats}: build the dashboard first`);
  const pages = JSON.parse(readFileSync(stats, "utf8")).map(({ route, firstLoadChunkPaths }) => ({
    page: route,
    kilobytes: firstLoadChunkPaths.reduce((sum, file) => sum + sentBytes(file), 0) / 1000,
    budget: budgetOf(route),
  }));
  return pages.sort((one, other) => other.kilobytes - one.kilobytes);
}

function sentBytes(file) {
  return statSync(join(root, `${file}.br`)).size;
}

function budgetOf(route) {
  const [longest = "/"] = Object.keys(budgets)
    .filter((beginning) => route.startsWith(beginning))
    .sort((one, other) => other.length - one.length);
  return budgets[longest];
}
