import { hash } from "node:crypto";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { ServerLine, WireTerms } from "@/lib/core/keys/wire/key-wire";
import { toWireKey, toWireTerms } from "@/lib/core/keys/wire/key-wire";

/** Encodes the keys of one stream. Terms that many keys share are sent once, under a number. */
export class WireEncoder {
  /** Numbers by a digest, since the terms themselves can be long and many. */
  readonly #numbers = new Map<string, number>();

  /** The lines to send for these keys, in order. */
  encode(keys: readonly KeySnapshot[]): ServerLine[] {
    const terms: (readonly [number, WireTerms])[] = [];
    const wired = keys.map((key) => {
      const own = toWireTerms(key);
      const digest = hash("sha256", JSON.stringify(own), "base64");
      let number = this.#numbers.get(digest);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(digest, number);
        terms.push([number, own]);
      }
      return toWireKey(key, number, (bytes) => Buffer.from(bytes).toString("base64"));
    });
    return terms.length === 0 ? [{ keys: wired }] : [{ terms }, { keys: wired }];
  }

  /** Call it when the receiver has dropped everything that was sent. */
  reset(): void {
    this.#numbers.clear();
  }
}
