/** A random id for one submission. randomUUID is missing on pages served over plain HTTP. */
function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Names submissions for idempotency. Resending the same content after a lost response keeps the name, so the server
 * runs it once; different content, or the same content after a response, gets a new one.
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
