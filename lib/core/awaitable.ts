/** A value, or a promise of one. */
export type Awaitable<T> = T | Promise<T>;

/**
 * Applies `next` to a value, synchronously if it is already there. An `await` would create promises and yield a
 * microtask, which costs more than judging a cached key.
 *
 * @returns the result of `next`; an exception in `next` is thrown, or rejects the promise
 */
export function whenKnown<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
