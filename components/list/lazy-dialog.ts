import { type ComponentType, lazy } from "react";

/** Loads a dialog when it is first opened, so the table does not wait for it. */
export function lazyDialog<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }));
}
