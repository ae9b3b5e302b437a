import { type AccessLevel, levelWord } from "@/lib/core/access/access-level";

type AboutKey = {
  readonly accessLevel: AccessLevel;
  readonly namespace: { readonly name: string };
  /** The role ids. */
  readonly roles: readonly string[];
};

/** A new key in one line: what it may do and where. */
export function keyAbout({ accessLevel, namespace, roles }: AboutKey): string {
  const [first, ...others] = roles;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `${levelWord(accessLevel)} in ${namespace.name} · ${first === undefined ? "no roles" : `${first}${more}`}`;
}
