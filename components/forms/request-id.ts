/** A name for what a person submits. Not randomUUID, which is missing where a page came over plain HTTP. */
function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Names submissions: the same content sent again after its answer was lost has the same name, so that the
 * server carries it out once; other content, and the same content after an answer, has a new one.
 */
export class RequestNames {
  #last: { readonly content: string; readonly id: string } | null = null;

  nameOf(content: string): string {
    if (this.#last?.content !== content) this.#last = { content, id: newRequestId() };
    return this.#last.id;
  }

  answered(): void {
    this.#last = null;
  }
}
