import { PasswordForm } from "@/components/auth/account-forms";
import { PageHeading } from "@/components/shell/page-heading";
import { requireUser } from "@/lib/auth/require-user";

export const metadata = { title: "Security" };

export default async function SecurityPage() {
  const { email } = await requireUser();
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-6">
      <PageHeading title="Security">How you sign in.</PageHeading>
      <PasswordForm email={email} />
    </div>
  );
}
