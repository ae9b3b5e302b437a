export type Deferred = { readonly promise: Promise<void>; readonly resolve: () => void };

/** A promise that resolves when the test says so. Promise.withResolvers is newer than Node.js 20. */
export function deferred(): Deferred {
  let resolve = () => {};
  const promise = new Promise<void>((keep) => {
    resolve = keep;
  });
  return { promise, resolve: () => resolve() };
}
