// Plain Node.js without packages: this decides what to build before anything is installed.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../prepare.mjs";

/**
 * The test files of each kind whose path contains one of the patterns.
 *
 * @param {readonly string[]} patterns
 * @returns {Record<"unit" | "db" | "http" | "browser", string[]>}
 */
export function findTestFiles(patterns) {
  const found = { unit: [], db: [], http: [], browser: [] };
  for (const folder of ["components", "e2e", "lib", "scripts"]) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      const path = `${folder}/${file.replaceAll("\\", "/")}`;
      if (patterns.some((pattern) => path.includes(pattern))) found[kindOf(path)]?.push(path);
    }
  }
  return found;
}

function kindOf(path) {
  if (/^e2e\/.+\.spec\.ts$/.test(path)) return "browser";
  return /\.(?:(db|http)\.)?test\.ts$/.exec(path)?.[1] ?? (path.endsWith(".test.ts") ? "unit" : "");
}
