import { notFound, redirect } from "next/navigation";
import { requireUser } from "@/lib/auth/require-user";
import { maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { listMemberships } from "@/lib/services/users/list-memberships";

/** Redirects to the first organization in which this person may create keys. */
export default async function OwnKeysPage() {
  const { userId } = await requireUser();
  const first = (await listMemberships(userId)).find(maySeeOwnKeys);
  if (first === undefined) notFound();
  redirect(`/account/api-keys/${first.slug}`);
}
