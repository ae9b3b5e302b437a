/**
 * What a process has one of, made when it is first asked for. Next bundles its own copies of modules, so it hangs
 * on `globalThis`.
 */
export function remember<T extends object>(name: string, make: () => T): T {
  const held = globalThis as { [name: string]: unknown };
  held[name] ??= make();
  return held[name] as T;
}
