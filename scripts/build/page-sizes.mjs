import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../prepare.mjs";

/**
 * Limits on the JavaScript that pages load before they can be used, in KB, by route prefix; the longest match applies.
 * React and Next alone take 130. Headers add 0.4 KB per file; with those of its 15 files, the keys page stays below
 * 180.
 *
 * @type {Record<string, number>}
 */
const budgets = {
  "/": 142,
  "/[organization]": 155,
  "/[organization]/settings": 145,
  "/[organization]/settings/general": 173,
  "/[organization]/settings/receipts": 148,
  "/[organization]/settings/api-keys": 178,
  "/[organization]/settings/applications": 167,
  "/[organization]/settings/applications/[...resource]": 214,
  "/[organization]/settings/members": 197,
  "/[organization]/settings/audit-log": 163,
  "/[organization]/settings/webhooks": 156,
  "/[organization]/settings/roles": 165,
  "/account": 149,
  "/account/api-keys": 143,
  "/account/api-keys/[organization]": 210,
  "/new": 146,
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
