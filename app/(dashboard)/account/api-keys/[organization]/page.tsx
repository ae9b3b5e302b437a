import type { Metadata } from "next";
import { rememberedKeyTable } from "@/app/(dashboard)/remembered-key-table";
import { shownKeys } from "@/app/(dashboard)/shown-keys";
import type { UrlParameters } from "@/app/(dashboard)/shown-list";
import { KeysView } from "@/components/keys/list/keys-view";
import { ListPage } from "@/components/list/list-page";
import { requireContext } from "@/lib/auth/require-context";
import { listOwnKeys } from "@/lib/services/keys/read/list-keys";

export const metadata: Metadata = { title: "API keys" };

type OwnKeysPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<UrlParameters>;
};

/** The keys this person created in one organization. */
export default async function OwnKeysPage({ params, searchParams }: OwnKeysPageProps) {
  const context = await requireContext((await params).organization);
  const { details, ...shown } = await shownKeys(context, await searchParams, listOwnKeys);
  return (
    <ListPage serverNow={context.origin.at}>
      <KeysView
        about={`The keys that you created in ${context.organization.name}.`}
        mayGenerate
        own
        {...shown}
        remembered={await rememberedKeyTable()}
        // An admin may read all keys; this page shows only their own.
        details={details?.createdBy.id === context.actor.userId ? details : null}
      />
    </ListPage>
  );
}
