import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KeysView } from "@/components/keys/keys-view";
import { requireContext } from "@/lib/auth/require-context";
import { keyId } from "@/lib/schemas/key";
import { keyListFromAddress } from "@/lib/schemas/key-list-address";
import type { MemberContext } from "@/lib/services/context";
import { keyOptions } from "@/lib/services/keys/key-options";
import type { KeyDetails } from "@/lib/services/keys/key-view";
import { listKeys } from "@/lib/services/keys/list-keys";
import { readKey } from "@/lib/services/keys/read-key";
import { readListPage } from "@/lib/services/read-list-page";

export const metadata: Metadata = { title: "API keys" };

type KeysPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function KeysPage({ params, searchParams }: KeysPageProps) {
  const context = await requireContext((await params).organization);
  const parameters = await searchParams;
  const { list: asked, searchFault } = keyListFromAddress(parameters);
  const [read, options, details] = await Promise.all([
    readListPage(asked, (list) => listKeys(context, list)),
    keyOptions(context),
    readDetails(context, parameters.key),
  ]);
  if (!read.ok) notFound();
  const { list, page } = read.value;
  return (
    <KeysView
      list={list}
      searchFault={searchFault}
      // Without the search all keys would be there, and seem to have been found.
      page={searchFault === null ? page : { ...page, rows: [], total: 0 }}
      options={options.ok ? options.value : { accessLevels: [], namespaces: [], roles: [] }}
      details={details}
      serverNow={context.origin.at}
    />
  );
}

async function readDetails(context: MemberContext, asked: unknown): Promise<KeyDetails | null> {
  const parsed = keyId.safeParse(asked);
  if (!parsed.success) return null;
  const details = await readKey(context, parsed.data);
  return details.ok ? details.value : null;
}
