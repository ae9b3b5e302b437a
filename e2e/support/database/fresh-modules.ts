import { vi } from "vitest";

/**
 * Runs before each test file, because a process runs many. Each file gets new copies of the product's modules and of
 * what `remember` keeps, as in a new process. Packages stay loaded, which saves most of what starting one takes.
 */
vi.resetModules();
vi.useRealTimers();
vi.unstubAllEnvs();
vi.unstubAllGlobals();
for (const name of Object.keys(globalThis)) {
  if (name.startsWith("latchkey")) delete (globalThis as { [name: string]: unknown })[name];
}
