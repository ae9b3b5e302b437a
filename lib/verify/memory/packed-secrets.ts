import type { KeySnapshot, SecretSnapshot } from "@/lib/core/keys/verdict";
import { readTime } from "@/lib/core/read-time";

/** When the key was created, in milliseconds, stands before its secrets: it is read only under a maximum lifetime. */
const createdAtLength = 8;

/** The layout of a packed secret: pepper version, end in milliseconds (NaN for none), id as text, 32 bytes of hash. */
const endsAtOffset = 4;
const idOffset = endsAtOffset + 8;
const hashOffset = idOffset + 36;
const packedLength = hashOffset + 32;

/**
 * One binary string takes a third of the memory that objects and buffers take.
 *
 * @throws RangeError for an invalid time: stored as NaN it would mean "never ends"
 */
export function packSecrets({ createdAt, secrets }: Pick<KeySnapshot, "createdAt" | "secrets">): string {
  const packed = Buffer.alloc(createdAtLength + secrets.length * packedLength);
  packed.writeDoubleLE(readTime(createdAt).getTime());
  secrets.forEach((secret, index) => {
    const start = createdAtLength + index * packedLength;
    packed.writeInt32LE(secret.pepperVersion, start);
    const endsAt = secret.endsAt === null ? Number.NaN : readTime(secret.endsAt).getTime();
    packed.writeDoubleLE(endsAt, start + endsAtOffset);
    packed.write(secret.id, start + idOffset, "latin1");
    packed.set(secret.hash, start + hashOffset);
  });
  return packed.toString("latin1");
}

export function unpackCreatedAt(packed: string): Date {
  return new Date(bytesOf(packed, 0, createdAtLength).readDoubleLE());
}

export function unpackSecrets(packed: string): SecretSnapshot[] {
  const secrets: SecretSnapshot[] = [];
  for (let start = createdAtLength; start < packed.length; start += packedLength) {
    secrets.push(new PackedSecret(packed, start));
  }
  return secrets;
}

/** Numbers are read through this buffer: allocating one per number would cost more than the rest of the read. */
const scratch = Buffer.alloc(8);

function bytesOf(packed: string, start: number, length: number): Buffer {
  for (let index = 0; index < length; index++) scratch[index] = packed.charCodeAt(start + index);
  return scratch;
}

/**
 * A view of one packed secret. Fields are decoded on access: most of them are needed only for the secret that matches.
 */
class PackedSecret implements SecretSnapshot {
  readonly #packed: string;
  readonly #start: number;

  constructor(packed: string, start: number) {
    this.#packed = packed;
    this.#start = start;
  }

  get pepperVersion(): number {
    return bytesOf(this.#packed, this.#start, 4).readInt32LE();
  }
  get endsAt(): Date | null {
    const endsAt = bytesOf(this.#packed, this.#start + endsAtOffset, 8).readDoubleLE();
    return Number.isNaN(endsAt) ? null : new Date(endsAt);
  }
  /** A slice shares the packed string's memory, so usage can hold the id until it is written without a copy. */
  get id(): string {
    const start = this.#start + idOffset;
    return this.#packed.slice(start, start + 36);
  }
  get hash(): Buffer {
    const start = this.#start + hashOffset;
    return Buffer.from(this.#packed.slice(start, start + 32), "latin1");
  }
}
