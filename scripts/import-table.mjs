// Writes the import table of ARCHITECTURE.md from the rules: node scripts/import-table.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { table } from "../.dependency-cruiser.mjs";

const document = new URL("../ARCHITECTURE.md", import.meta.url);
const markers = /(?<=<!-- import table -->\n).*(?=<!-- end of import table -->)/s;

/** ARCHITECTURE.md as it is and as it should be. */
export function architecture() {
  const written = readFileSync(document, "utf8");
  if (!markers.test(written)) throw new Error("ARCHITECTURE.md has lost the markers of its import table");
  return { written, generated: written.replace(markers, () => `\n${markdown()}\n\n`) };
}

function markdown() {
  // A list, because such a wide table is only readable when rendered.
  const rows = Object.entries(table).map(([module, row]) => {
    const inProject = row.filter(isInProject);
    const packages = row.filter((entry) => !isInProject(entry));
    const parts = [inProject, packages].filter((part) => part.length > 0).map(listed);
    return `- **\`${module}\`**: ${parts.join("; ") || "nothing"}`;
  });
  return rows.join("\n");
}

/** @param {string} entry */
function isInProject(entry) {
  return Object.hasOwn(table, entry) || entry.startsWith("lib/") || entry.startsWith("types of ");
}

/** @param {string[]} entries */
function listed(entries) {
  return entries.map((entry) => entry.replace(/^(types of )?(.*)$/, "$1`$2`")).join(", ");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(document, architecture().generated);
}
