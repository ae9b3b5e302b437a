import { pageSizes } from "./page-sizes.mjs";

process.stdout.write("KB of JavaScript, compressed, that a page loads first, and the most that it may be\n");
for (const { page, kilobytes, budget } of pageSizes()) {
  const over = kilobytes > budget ? "  too much" : "";
  process.stdout.write(`${kilobytes.toFixed(1).padStart(6)} of ${budget}  ${page}${over}\n`);
}
