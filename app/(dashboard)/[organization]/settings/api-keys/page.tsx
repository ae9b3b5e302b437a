import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KeysView } from "@/components/keys/keys-view";
import { requireContext } from "@/lib/auth/require-context";
import { keyId } from "@/lib/schemas/key";
import type { KeyListInput } from "@/lib/schemas/key-list";
import { keyListFromAddress } from "@/lib/schemas/key-list-address";
import type { MemberContext } from "@/lib/services/context";
import { keyOptions } from "@/lib/services/keys/key-options";
import type { KeyDetails, KeyPage } from "@/lib/services/keys/key-view";
import { listKeys } from "@/lib/services/keys/list-keys";
import { readKey } from "@/lib/services/keys/read-key";

export const metadata: Metadata = { title: "API keys" };

type KeysPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function KeysPage({ params, searchParams }: KeysPageProps) {
  const context = await requireContext((await params).organization);
  const parameters = await searchParams;
  const { list, searchFault } = keyListFromAddress(parameters);
  const [{ shown, page }, options, details] = await Promise.all([
    readPage(context, list),
    keyOptions(context),
    readDetails(context, parameters.key),
  ]);
  return (
    <KeysView
      list={shown}
      searchFault={searchFault}
      // Without the search all keys would be there, and seem to have been found.
      page={searchFault === null ? page : { ...page, rows: [], total: 0 }}
      options={options.ok ? options.value : { accessLevels: [], namespaces: [], roles: [] }}
      details={details}
      serverNow={context.origin.at}
    />
  );
}

/** The page asked for; past the end, since keys were deleted meanwhile, the last one. */
async function readPage(
  context: MemberContext,
  list: KeyListInput,
): Promise<{ shown: KeyListInput; page: KeyPage }> {
  const listed = await listKeys(context, list);
  if (!listed.ok) notFound();
  const { rows, total } = listed.value;
  const last = Math.max(1, Math.ceil(total / list.pageSize));
  if (rows.length > 0 || list.page <= last) return { shown: list, page: listed.value };
  return readPage(context, { ...list, page: last });
}

async function readDetails(context: MemberContext, asked: unknown): Promise<KeyDetails | null> {
  const parsed = keyId.safeParse(asked);
  if (!parsed.success) return null;
  const details = await readKey(context, parsed.data);
  return details.ok ? details.value : null;
}
