type Waiting = () => void;

/**
 * Lets work run so much at once, the organizations taking turns: one with a thousand things to do holds up
 * another's first by one thing.
 */
export class FairTurns {
  /** In the order of their turns. */
  readonly #waiting = new Map<string, Waiting[]>();
  #running = 0;

  constructor(readonly atOnce: number) {}

  async take<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.atOnce) this.#running++;
    // Who ends hands its place on, so the number that runs stays as it is.
    else await new Promise<void>((resolve) => this.#line(organizationId).push(resolve));
    try {
      return await work();
    } finally {
      this.#handOn();
    }
  }

  #line(organizationId: string): Waiting[] {
    const line = this.#waiting.get(organizationId) ?? [];
    this.#waiting.set(organizationId, line);
    return line;
  }

  #handOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running--;
      return;
    }
    const [organizationId, line] = next;
    const first = line.shift();
    this.#waiting.delete(organizationId);
    if (line.length > 0) this.#waiting.set(organizationId, line);
    first?.();
  }
}
