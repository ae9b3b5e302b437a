import { ProfileForm } from "@/components/auth/account-forms";
import { MembershipsCard } from "@/components/organization/memberships-card";
import { PageHeading } from "@/components/shell/page-heading";
import { requireUser } from "@/lib/auth/require-user";
import { listMemberships } from "@/lib/services/users/list-memberships";

export const metadata = { title: "Profile" };

export default async function ProfilePage() {
  const { userId, name, email } = await requireUser();
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-6">
      <PageHeading title="Profile">How others see you.</PageHeading>
      <ProfileForm name={name} email={email} />
      <MembershipsCard memberships={await listMemberships(userId)} />
    </div>
  );
}
