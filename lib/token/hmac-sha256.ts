import { createHmac, hash } from "node:crypto";

const blockLength = 64;
/** In UTF-16 code units, which take at most three bytes of UTF-8 each. */
const shortText = 64;

type Prepared = {
  /** The key with the inner padding, followed by room for a text. */
  readonly inner: Buffer;
  /** Views of `inner` by length. Most texts are tokens of one length, so these are reused. */
  readonly beginnings: (Buffer | undefined)[];
  /** The key with the outer padding, followed by room for the inner hash. */
  readonly outer: Buffer;
};

/** One key serves thousands of verifications per second, so its two blocks are built once. */
const preparedKeys = new WeakMap<Buffer, Prepared>();

/**
 * HMAC-SHA-256 (RFC 2104, section 2) of UTF-8 text. Same result as createHmac, whose objects take longer to create than
 * a short text takes to hash. Longer texts go to createHmac.
 */
export function hmacSha256(text: string, key: Buffer): Buffer {
  if (text.length > shortText || key.length > blockLength) {
    return createHmac("sha256", key).update(text).digest();
  }
  const { inner, beginnings, outer } = prepared(key);
  const end = blockLength + inner.write(text, blockLength);
  try {
    beginnings[end] ??= inner.subarray(0, end);
    outer.write(hash("sha256", beginnings[end], "binary"), blockLength, "latin1");
  } finally {
    // Clear the text, which may be a secret: the buffer lives as long as the key.
    inner.fill(0, blockLength, end);
  }
  return Buffer.from(hash("sha256", outer, "binary"), "binary");
}

function prepared(key: Buffer): Prepared {
  let known = preparedKeys.get(key);
  if (known === undefined) {
    known = {
      inner: Buffer.alloc(blockLength + 3 * shortText, 0x36),
      beginnings: [],
      outer: Buffer.alloc(blockLength + 32, 0x5c),
    };
    for (const [index, byte] of key.entries()) {
      known.inner[index] = 0x36 ^ byte;
      known.outer[index] = 0x5c ^ byte;
    }
    preparedKeys.set(key, known);
  }
  return known;
}
