import type { Metadata } from "next";
import { shownList, type UrlParameters } from "@/app/(dashboard)/shown-list";
import { ListPage } from "@/components/list/list-page";
import { RolesView } from "@/components/roles/roles-view";
import { requireContext } from "@/lib/auth/require-context";
import { listFromAddress } from "@/lib/schemas/list";
import { listRoles } from "@/lib/services/roles/list-roles";

export const metadata: Metadata = { title: "Roles" };

type RolesPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<UrlParameters>;
};

export default async function RolesPage({ params, searchParams }: RolesPageProps) {
  const context = await requireContext((await params).organization);
  const { list, searchFault } = listFromAddress(await searchParams);
  const shown = await shownList(context, list, searchFault, (asked) => listRoles(context, asked));
  return (
    <ListPage serverNow={context.origin.at}>
      <RolesView shown={shown} />
    </ListPage>
  );
}
