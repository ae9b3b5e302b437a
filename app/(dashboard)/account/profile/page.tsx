import { ProfileForm } from "@/components/auth/account-forms";
import { PageHeading } from "@/components/shell/page-heading";
import { requireUser } from "@/lib/auth/require-user";

export const metadata = { title: "Profile" };

export default async function ProfilePage() {
  const { name, email } = await requireUser();
  return (
    <div className="grid max-w-2xl gap-6">
      <PageHeading title="Profile">How others see you.</PageHeading>
      <ProfileForm name={name} email={email} />
    </div>
  );
}
