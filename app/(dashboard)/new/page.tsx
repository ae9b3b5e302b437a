import { NewOrganizationForm } from "@/components/organization/new-organization-form";
import { PageHeading } from "@/components/shell/page-heading";
import { requireUser } from "@/lib/auth/require-user";
import { listMemberships } from "@/lib/services/users/list-memberships";

export const metadata = { title: "New organization" };

/** Where people without an organization land: they can create one or wait for an invitation. */
export default async function NewOrganizationPage() {
  const { userId, email } = await requireUser();
  const memberships = await listMemberships(userId);
  return (
    <main id="main" tabIndex={-1} className="mx-auto grid max-w-2xl gap-6 px-4 py-6 outline-none md:py-8">
      <PageHeading title="New organization">
        {memberships.length === 0
          ? `You are not a member of any organization. Ask an owner or an admin to invite ${email}, or create your own.`
          : "With its own members, applications, roles and API keys. You will be its first owner."}
      </PageHeading>
      <NewOrganizationForm submission={crypto.randomUUID()} />
    </main>
  );
}
