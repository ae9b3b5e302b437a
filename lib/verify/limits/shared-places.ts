export type Place = {
  readonly organizationId: string;
  /** Asks whoever holds it to leave. The place counts until it is left. */
  readonly giveUp: () => void;
};

/**
 * A number of places that organizations share. When all are taken, the organization that holds the most gives one
 * up to an organization that would still hold fewer than it. So none can keep another from its share, however many
 * it asks for, and while there is room nobody is held to a share.
 */
export class SharedPlaces<P extends Place> {
  readonly #places = new Set<P>();
  readonly #leaving = new WeakSet<P>();

  constructor(readonly maximum: number) {}

  /** All of them, those that are about to leave too. */
  [Symbol.iterator](): IterableIterator<P> {
    return this.#places.values();
  }

  get size(): number {
    return this.#places.size;
  }

  /** Is there a place for one more of this organization? Makes one where it has a right to it. */
  hasRoomFor(organizationId: string): boolean {
    const staying = [...this.#places].filter((place) => !this.#leaving.has(place));
    if (staying.length < this.maximum) return true;
    const held = new Map<string, number>();
    for (const place of staying) held.set(place.organizationId, (held.get(place.organizationId) ?? 0) + 1);
    const most = Math.max(...held.values());
    if (most < (held.get(organizationId) ?? 0) + 2) return false;
    const last = staying.findLast((place) => held.get(place.organizationId) === most);
    if (last === undefined) return false;
    this.#leaving.add(last);
    last.giveUp();
    return true;
  }

  add(place: P): void {
    this.#places.add(place);
  }

  delete(place: P): void {
    this.#places.delete(place);
  }
}
