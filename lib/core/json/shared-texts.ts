import { deeplyFrozen } from "./deeply-frozen";
import type { JsonText } from "./json-text";

/** A JSON text shared by the keys that have it. */
export class SharedText {
  users = 0;
  #parsed: unknown;

  constructor(readonly json: JsonText) {}

  /** The parsed value, frozen because all users share it. */
  get parsed(): unknown {
    this.#parsed ??= deeplyFrozen(JSON.parse(this.json.text));
    return this.#parsed;
  }
}

/** Stores equal texts once. Users are counted, so a text is dropped once nobody uses it. */
export class SharedTexts {
  readonly #texts = new Map<string, SharedText>();
  #characters = 0;

  get size(): number {
    return this.#texts.size;
  }

  /** The total length of all texts. */
  get characters(): number {
    return this.#characters;
  }

  /** @returns the text for one more user, who must call `giveBack` once */
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
