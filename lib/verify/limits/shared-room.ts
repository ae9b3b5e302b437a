/**
 * Room that organizations share for what waits. Each has a limit of its own. When all room is taken, an organization
 * gets more only while it has less than the average, so none can take it from the others.
 */
export class SharedRoom {
  readonly #taken = new Map<string, number>();
  #total = 0;

  /**
   * @param ofOne the most that one organization may take, in any unit
   * @param ofAll how much there is for all, in the same unit
   */
  constructor(
    readonly ofOne: number,
    readonly ofAll: number,
  ) {}

  /** @returns whether there was room; give the same size back when it waits no more */
  take(organizationId: string, size: number): boolean {
    const own = this.#taken.get(organizationId) ?? 0;
    if (own + size > this.ofOne) return false;
    const isFull = this.#total + size > this.ofAll;
    if (isFull && own > 0 && own >= this.#total / this.#taken.size) return false;
    this.#taken.set(organizationId, own + size);
    this.#total += size;
    return true;
  }

  giveBack(organizationId: string, size: number): void {
    const left = (this.#taken.get(organizationId) ?? 0) - size;
    if (left > 0) this.#taken.set(organizationId, left);
    else this.#taken.delete(organizationId);
    this.#total -= size;
  }
}
