import { parseToken, type TokenType } from "./format";
import { isRefreshToken } from "./refresh-token";

export type FoundToken = {
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in characters of the original text. */
  readonly column: number;
  /** Null for a refresh token, which names no key. */
  readonly keyId: string | null;
  readonly type: TokenType | "refresh";
};

/** A possible token with any prefix, at any place in a text: after letters, in quotation marks, in a URL. */
const candidate = /_(?<=[a-z][a-z0-9]{1,15}_)[sp]k_[0-9A-Za-z]{54}|_(?<=lk_)rt_[0-9A-Za-z]{49}/g;
const prefix = /[a-z][a-z0-9]{1,15}$/;

/** The length of the longest prefix and the longest rest of a token. */
const longest = 16 + "_sk_".length + 54;

/**
 * Finds the tokens in a text that arrives in chunks of any size. Checksums tell tokens from lookalikes, so the
 * characters around a token do not matter. It looks nothing up, so it cannot tell whether a token still works.
 */
export class TokenFinder {
  /** The end of the text read so far, which may be the start of a token. */
  #rest = "";
  #line = 1;
  #column = 1;

  /** @param part the next chunk; Latin-1 decoding is enough, since tokens are ASCII */
  read(part: string): FoundToken[] {
    const text = this.#rest + part;
    const found: FoundToken[] = [];
    let done = 0;
    for (const { 0: match, index } of text.matchAll(candidate)) {
      const start = index - (prefix.exec(text.slice(Math.max(0, index - 16), index))?.[0].length ?? 0);
      const token = text.slice(start, index + match.length);
      const parsed = parseToken(token);
      if (parsed === null && !isRefreshToken(token.slice(-"lk_rt_".length - 49))) continue;
      this.#pass(text.slice(done, start));
      done = start;
      const place = { line: this.#line, column: this.#column };
      found.push(parsed === null ? { ...place, keyId: null, type: "refresh" } : { ...place, ...parsed });
      this.#pass(text.slice(done, index + match.length));
      done = index + match.length;
    }
    const kept = Math.max(done, text.length - longest + 1);
    this.#pass(text.slice(done, kept));
    this.#rest = text.slice(kept);
    return found;
  }

  #pass(text: string): void {
    const newline = text.lastIndexOf("\n");
    if (newline === -1) this.#column += text.length;
    else {
      this.#line += text.split("\n").length - 1;
      this.#column = text.length - newline;
    }
  }
}
