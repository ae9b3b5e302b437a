/**
 * A value that exists once per process, created on first use. Next bundles its own copies of modules, so it is kept on
 * `globalThis`.
 */
export function remember<T extends object>(name: string, make: () => T): T {
  const held = globalThis as { [name: string]: unknown };
  held[name] ??= make();
  return held[name] as T;
}
