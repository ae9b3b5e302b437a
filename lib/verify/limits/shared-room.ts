/**
 * A shared limit on data that waits, with a limit per organization. When all room is taken, an organization gets more
 * only up to an equal part of it, so none can take it from the others; in total they never get more than twice the
 * room, however many they are.
 */
export class SharedRoom {
  readonly #taken = new Map<string, number>();
  #total = 0;

  /**
   * @param ofOne the most that one organization may take, in any unit
   * @param ofAll the room for all of them, in the same unit
   */
  constructor(
    readonly ofOne: number,
    readonly ofAll: number,
  ) {}

  /** @returns whether there was room; if so, release the same size when it no longer waits */
  take(organizationId: string, size: number): boolean {
    const own = this.#taken.get(organizationId) ?? 0;
    if (own + size > this.ofOne) return false;
    const total = this.#total + size;
    const sharing = this.#taken.size + (own === 0 ? 1 : 0);
    if (total > this.ofAll && (own + size > this.ofAll / sharing || total > 2 * this.ofAll)) return false;
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
