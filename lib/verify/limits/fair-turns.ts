type Waiting = () => void;

/**
 * Runs up to `atOnce` tasks at a time, with the organizations taking turns: one organization's thousand waiting tasks
 * delay another's first by a single task.
 */
export class FairTurns {
  /** Ordered by turn. */
  readonly #waiting = new Map<string, Waiting[]>();
  #running = 0;

  constructor(readonly atOnce: number) {}

  async take<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.atOnce) this.#running++;
    // A finished task hands its slot to the next, which leaves #running unchanged.
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
