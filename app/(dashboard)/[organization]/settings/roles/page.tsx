import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RolesView } from "@/components/roles/roles-view";
import { requireContext } from "@/lib/auth/require-context";
import { type RoleListInput, roleListFromAddress } from "@/lib/schemas/role";
import type { MemberContext } from "@/lib/services/context";
import { listRoles } from "@/lib/services/roles/list-roles";
import type { RolePage } from "@/lib/services/roles/role-view";

export const metadata: Metadata = { title: "Roles" };

type RolesPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function RolesPage({ params, searchParams }: RolesPageProps) {
  const context = await requireContext((await params).organization);
  const { list, page } = await readPage(context, roleListFromAddress(await searchParams));
  return <RolesView list={list} page={page} />;
}

/** The page asked for; past the end, since roles were deleted meanwhile, the last one. */
async function readPage(
  context: MemberContext,
  asked: RoleListInput,
): Promise<{ list: RoleListInput; page: RolePage }> {
  const listed = await listRoles(context, asked);
  if (!listed.ok) notFound();
  const last = Math.max(1, Math.ceil(listed.value.total / asked.pageSize));
  if (asked.page <= last) return { list: asked, page: listed.value };
  return readPage(context, { ...asked, page: last });
}
