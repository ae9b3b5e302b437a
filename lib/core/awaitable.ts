/** What is known at once, or will be. */
export type Awaitable<T> = T | Promise<T>;

/**
 * Goes on with a value: at once where it is known already. An `await` there makes promises, and a turn of the
 * microtasks, which a verification from memory would take longer over than over its verdict.
 *
 * @returns what `next` makes of it; what `next` throws is thrown at once, or rejects
 */
export function whenKnown<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
