import type {
  RefusedCode,
  Verification as SentVerification,
  KnownKey as WrittenKey,
} from "@/lib/core/keys/verification";

/** The metadata that a service stored with a key. Values can be any JSON. */
export type Metadata = Readonly<Record<string, unknown>>;

type MetadataMembers = {
  /** Null if the key has none. */
  readonly metadata: Metadata | null;
  /** The metadata as the JSON text that was written, for numbers that JavaScript would round. */
  readonly metadata_json: string | null;
};

/** What is known about a key when its secret or public token was presented. */
export type KnownKey = Omit<WrittenKey, "metadata"> & MetadataMembers;

export type ValidVerification = { readonly valid: true; readonly code: "VALID" } & KnownKey;

/** The answer to "may this key be used for this?" */
export type Verification =
  | ValidVerification
  | ({ readonly valid: false; readonly code: RefusedCode } & KnownKey)
  | { readonly valid: false; readonly code: "MALFORMED" | "UNKNOWN" };

/** @param parsed the metadata's value, as JSON.parse returns it */
export function verificationWith(sent: SentVerification, parsed: unknown): Verification {
  if (!("permissions" in sent)) return sent;
  const metadata = sent.metadata === null ? null : (parsed as Metadata);
  return { ...sent, metadata, metadata_json: sent.metadata?.text ?? null };
}
