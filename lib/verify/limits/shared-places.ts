export type Place = {
  readonly organizationId: string;
  /** Asks the holder to leave. The place remains in the set until it is deleted. */
  readonly giveUp: () => void;
};

/**
 * A fixed number of places shared by organizations. When all are taken, the organization with the most places gives one
 * up to an organization with at least two fewer. So no organization can keep another from its share, however many
 * places it requests, and while places are free nobody is limited to a share.
 */
export class SharedPlaces<P extends Place> {
  readonly #places = new Set<P>();
  readonly #leaving = new WeakSet<P>();

  constructor(readonly maximum: number) {}

  /** All places, including those whose holders were asked to leave. */
  [Symbol.iterator](): IterableIterator<P> {
    return this.#places.values();
  }

  /** Can this organization take one more place? If all are taken but it is entitled to one, asks a holder to leave. */
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
