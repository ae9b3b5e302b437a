/**
 * What one request had to wait for. A request is judged synchronously, from memory. If something is missing, the judge
 * asks for it here and returns undefined; it is loaded, and the request is judged again from the start. So before the
 * judge has everything, it must not do anything that may only happen once, such as counting.
 */
export class Loaded {
  #found: Map<string, unknown> | undefined;
  #missing: Map<string, () => Promise<unknown>> | undefined;

  /** @returns undefined until it is loaded; each name is loaded only once */
  get<T>(name: string, load: () => Promise<T>): T | undefined {
    if (this.#found?.has(name) === true) return this.#found.get(name) as T;
    this.#missing ??= new Map();
    this.#missing.set(name, load);
    return undefined;
  }

  /**
   * Does the work once, however often the request is judged. If it returns undefined, something has to be loaded first,
   * and it runs again.
   */
  once<T>(name: string, work: () => T): T {
    this.#found ??= new Map();
    if (this.#found.has(name)) return this.#found.get(name) as T;
    const done = work();
    if (done !== undefined) this.#found.set(name, done);
    return done;
  }

  /** Loads everything that was asked for. Rejects if the database does not respond. */
  async load(): Promise<void> {
    const missing = this.#missing;
    // Without this check, such a request would be judged forever.
    if (missing === undefined) throw new Error("Nothing is missing, yet the request could not be judged");
    this.#missing = undefined;
    this.#found ??= new Map();
    const found = this.#found;
    await Promise.all([...missing].map(async ([name, load]) => found.set(name, await load())));
  }
}

/** Judges until there is an answer, loading whatever the judge lacks. */
export async function onceLoaded<T>(judge: (loaded: Loaded) => T | undefined): Promise<T> {
  const loaded = new Loaded();
  for (;;) {
    const answer = judge(loaded);
    if (answer !== undefined) return answer;
    await loaded.load();
  }
}
