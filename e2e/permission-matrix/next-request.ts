// Replaces next/headers and next/cache for server actions and page contexts that run without Next. The test sets what
// they return; everything behind them is real.
import { AsyncLocalStorage } from "node:async_hooks";

type Request = { readonly headers: Headers; readonly cookies: Map<string, string> };

const current = new AsyncLocalStorage<Request>();

/** Runs the work as Next would for a request with these headers and cookies. */
export function inRequest<T>(request: Request, work: () => Promise<T>): Promise<T> {
  return current.run(request, work);
}

function request(): Request {
  const found = current.getStore();
  if (found === undefined) throw new Error("Outside of a request");
  return found;
}

export async function headers(): Promise<Headers> {
  return request().headers;
}

export async function cookies() {
  const jar = request().cookies;
  return {
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => void jar.set(name, value),
  };
}

/** Does nothing, as there are no pages to refresh. */
export function refresh(): void {
  request();
}

export function revalidatePath(): void {
  request();
}
