import type { ReactElement } from "react";
import type { Membership } from "@/lib/services/users/list-memberships";

/** The organizations to choose from, and the button that opens the switcher. */
export type OrganizationChoice = {
  readonly current: Membership;
  readonly memberships: readonly Membership[];
  readonly button: ReactElement;
};

type Named = { readonly name: string; readonly slug: string };

/** Distinguishes organizations with the same name; undefined if the name is unique. */
export function namesakeAddress(one: Named, all: readonly Named[]): string | undefined {
  const hasNamesake = all.some(({ name, slug }) => name === one.name && slug !== one.slug);
  return hasNamesake ? `/${one.slug}` : undefined;
}
