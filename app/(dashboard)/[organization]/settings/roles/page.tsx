import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RolesView } from "@/components/roles/roles-view";
import { requireContext } from "@/lib/auth/require-context";
import { listFromAddress } from "@/lib/schemas/list";
import { readListPage } from "@/lib/services/read-list-page";
import { listRoles } from "@/lib/services/roles/list-roles";

export const metadata: Metadata = { title: "Roles" };

type RolesPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function RolesPage({ params, searchParams }: RolesPageProps) {
  const context = await requireContext((await params).organization);
  const { list: asked, searchFault } = listFromAddress(await searchParams);
  const read = await readListPage(asked, (list) => listRoles(context, list));
  if (!read.ok) notFound();
  const { list, page } = read.value;
  return (
    <RolesView
      list={list}
      searchFault={searchFault}
      // An unsearchable term shows no roles: a full list would look like its result.
      page={searchFault === null ? page : { ...page, rows: [], total: 0 }}
    />
  );
}
