/**
 * What one request had to wait for. A request is judged synchronously, from memory. Where something is missing, the
 * judge asks for it here and returns undefined; it is loaded, and the request is judged again from the start. So the
 * judge does nothing that must not be done twice, such as counting, before it has all it needs.
 */
export class Loaded {
  #found: Map<string, unknown> | undefined;
  #missing: Map<string, () => Promise<unknown>> | undefined;

  /** @returns undefined until it is loaded; nothing is loaded twice under one name */
  get<T>(name: string, load: () => Promise<T>): T | undefined {
    if (this.#found?.has(name) === true) return this.#found.get(name) as T;
    this.#missing ??= new Map();
    this.#missing.set(name, load);
    return undefined;
  }

  /** Does it once, however often the request is judged. Undefined: something has to be loaded before it is done. */
  once<T>(name: string, work: () => T): T {
    this.#found ??= new Map();
    if (this.#found.has(name)) return this.#found.get(name) as T;
    const done = work();
    if (done !== undefined) this.#found.set(name, done);
    return done;
  }

  /** Loads what was asked for. Rejects when the database does not answer. */
  async load(): Promise<void> {
    const missing = this.#missing;
    // Without this, such a request would be judged for ever.
    if (missing === undefined) throw new Error("Nothing is missing, yet the request could not be judged");
    this.#missing = undefined;
    this.#found ??= new Map();
    const found = this.#found;
    await Promise.all([...missing].map(async ([name, load]) => found.set(name, await load())));
  }
}

/** The judge's answer, after loading whatever it misses. */
export async function onceLoaded<T>(judge: (loaded: Loaded) => T | undefined): Promise<T> {
  const loaded = new Loaded();
  for (;;) {
    const answer = judge(loaded);
    if (answer !== undefined) return answer;
    await loaded.load();
  }
}
