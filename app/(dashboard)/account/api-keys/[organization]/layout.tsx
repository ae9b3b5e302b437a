import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { OwnKeysOrganization } from "@/components/keys/list/own-keys-organization";
import { requireContext } from "@/lib/auth/require-context";
import { maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { listMemberships } from "@/lib/services/users/list-memberships";

type OwnKeysLayoutProps = { params: Promise<{ organization: string }>; children: ReactNode };

/** Checked here as well as in the page: once loading.tsx is sent the status is 200, and this must be a 404. */
export default async function OwnKeysLayout({ params, children }: OwnKeysLayoutProps) {
  const { organization, actor, level } = await requireContext((await params).organization);
  if (!maySeeOwnKeys({ level, keyCreators: organization.keyCreators })) notFound();
  const choices = (await listMemberships(actor.userId)).filter(maySeeOwnKeys);
  return (
    <>
      {choices.length > 1 && (
        <OwnKeysOrganization
          current={organization.slug}
          choices={choices.map(({ slug, name }) => ({ slug, name }))}
        />
      )}
      {children}
    </>
  );
}
