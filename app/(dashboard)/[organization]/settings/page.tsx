import { redirect } from "next/navigation";
import { requireContext } from "@/lib/auth/require-context";

type SettingsPageProps = { params: Promise<{ organization: string }> };

export default async function SettingsPage({ params }: SettingsPageProps) {
  const { organization } = await requireContext((await params).organization);
  redirect(`/${organization.slug}/settings/general`);
}
