import { tableFeatures } from "@tanstack/react-table";

/** Nothing in a table changes by itself: it has no state, so that no store is needed to watch it. */
const withoutState = {
  createOptionsStore: false,
  wrapExternalAtoms: false,
  addSubscription: () => undefined,
  createWritableAtom: () => {
    throw new Error("A table here has no state");
  },
  createReadonlyAtom: <T>(get: () => T) => ({ get, subscribe: () => ({ unsubscribe: () => undefined }) }),
  untrack: <T>(get: () => T) => get(),
  batch: (change: () => void) => change(),
  schedule: queueMicrotask,
};

/** Only TanStack's core: the server filters, sorts and paginates. */
export const features = tableFeatures({ coreReactivityFeature: withoutState });
