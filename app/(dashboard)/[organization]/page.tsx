import { redirect } from "next/navigation";
import { organizationHome } from "@/components/shell/settings-pages";
import { requireContext } from "@/lib/auth/require-context";

type OrganizationPageProps = { params: Promise<{ organization: string }> };

export default async function OrganizationPage({ params }: OrganizationPageProps) {
  const { organization, level } = await requireContext((await params).organization);
  redirect(organizationHome({ ...organization, level }));
}
