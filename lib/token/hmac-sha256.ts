import { createHmac, hash } from "node:crypto";

const blockLength = 64;
/** Of UTF-16 code units; each takes three bytes of UTF-8 at most. */
const shortText = 64;

type Prepared = {
  /** The key with the inner padding, and room for a text. */
  readonly inner: Buffer;
  /** The key with the outer padding, and room for the inner hash. */
  readonly outer: Buffer;
};

/** A key is used for each of thousands of verifications a second: its two blocks are made once. */
const preparedKeys = new WeakMap<Buffer, Prepared>();

/**
 * HMAC-SHA-256 (RFC 2104, section 2) of a text in UTF-8. The same as createHmac's, whose objects take
 * longer to make than a short text to hash; of longer texts it is createHmac's.
 */
export function hmacSha256(text: string, key: Buffer): Buffer {
  if (text.length > shortText || key.length > blockLength) {
    return createHmac("sha256", key).update(text).digest();
  }
  const { inner, outer } = prepared(key);
  const end = blockLength + inner.write(text, blockLength);
  try {
    outer.write(hash("sha256", inner.subarray(0, end), "binary"), blockLength, "binary");
  } finally {
    // The buffer is kept as long as the key, and the text may be a secret.
    inner.fill(0, blockLength, end);
  }
  return Buffer.from(hash("sha256", outer, "binary"), "binary");
}

function prepared(key: Buffer): Prepared {
  let known = preparedKeys.get(key);
  if (known === undefined) {
    known = {
      inner: Buffer.alloc(blockLength + 3 * shortText, 0x36),
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
