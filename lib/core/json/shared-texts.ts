import { deeplyFrozen } from "./deeply-frozen";
import type { JsonText } from "./json-text";

/** A text that one or more keys use. */
export class SharedText {
  users = 0;
  #parsed: unknown;

  constructor(readonly json: JsonText) {}

  /** The value for JavaScript, frozen, because every user gets the same one. */
  get parsed(): unknown {
    this.#parsed ??= deeplyFrozen(JSON.parse(this.json.text));
    return this.#parsed;
  }
}

/**
 * Keeps equal texts once. Users are counted, so the table never holds a text that nobody uses, however many different
 * ones pass through it.
 */
export class SharedTexts {
  readonly #texts = new Map<string, SharedText>();
  #characters = 0;

  get size(): number {
    return this.#texts.size;
  }

  /** The length of all of them together. */
  get characters(): number {
    return this.#characters;
  }

  /** @returns the text for one more user, who calls `giveBack` once */
  take(json: JsonText): SharedText {
    let shared = this.#texts.get(json.text);
    if (shared === undefined) {
      shared = new SharedText(json);
      this.#texts.set(json.text, shared);
      this.#characters += json.text.length;
    }
    shared.users++;
    return shared;
  }

  giveBack(shared: SharedText): void {
    shared.users--;
    if (shared.users > 0) return;
    const { text } = shared.json;
    this.#texts.delete(text);
    this.#characters -= text.length;
  }
}
