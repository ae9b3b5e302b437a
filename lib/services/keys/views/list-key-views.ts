import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";

/** A saved view of the list of keys. `query` is its query string. */
export type KeyView = { readonly id: string; readonly name: string; readonly query: string };

/** The views that this person saved in this organization, by name. */
export function listKeyViews({ organization, actor }: MemberContext): Promise<KeyView[]> {
  return database().keyView.findMany({
    where: { organizationId: organization.id, userId: actor.userId },
    select: { id: true, name: true, query: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}
