export type Deferred = { readonly promise: Promise<void>; readonly resolve: () => void };

/** A promise that resolves when the test says so. */
export function deferred(): Deferred {
  let resolve = () => {};
  const promise = new Promise<void>((keep) => {
    resolve = keep;
  });
  return { promise, resolve: () => resolve() };
}
