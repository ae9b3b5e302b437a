import type { Metadata } from "next";
import { rememberedKeyTable } from "@/app/(dashboard)/remembered-key-table";
import { shownKeys } from "@/app/(dashboard)/shown-keys";
import type { UrlParameters } from "@/app/(dashboard)/shown-list";
import { keyCreatorsLine } from "@/components/keys/key-creators-line";
import { KeysView } from "@/components/keys/list/keys-view";
import { ListPage } from "@/components/list/list-page";
import { requireContext } from "@/lib/auth/require-context";
import { maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { listKeys } from "@/lib/services/keys/read/list-keys";

export const metadata: Metadata = { title: "API keys" };

type KeysPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<UrlParameters>;
};

export default async function KeysPage({ params, searchParams }: KeysPageProps) {
  const context = await requireContext((await params).organization);
  const { keyCreators } = context.organization;
  const mayGenerate = maySeeOwnKeys({ level: context.level, keyCreators });
  return (
    <ListPage serverNow={context.origin.at}>
      <KeysView
        about={`The keys that programs use to call the API.${mayGenerate ? "" : ` ${keyCreatorsLine[keyCreators]}`}`}
        mayGenerate={mayGenerate}
        remembered={await rememberedKeyTable()}
        {...(await shownKeys(context, await searchParams, listKeys))}
      />
    </ListPage>
  );
}
