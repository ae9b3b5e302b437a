import { redirect } from "next/navigation";
import { organizationHome } from "@/components/shell/navigation/organization-pages";
import { NoticePage } from "@/components/shell/notice-page";
import { currentUser } from "@/lib/auth/current-user";
import { hasUser } from "@/lib/services/setup/create-first-owner";
import { listMemberships } from "@/lib/services/users/list-memberships";

/** Redirects each person to where they work. */
export default async function StartPage() {
  const user = await currentUser();
  if (user !== null) {
    const [first] = await listMemberships(user.userId);
    redirect(first === undefined ? "/new" : organizationHome(first));
  }
  if (await hasUser()) redirect("/sign-in");
  return (
    <NoticePage title="Not set up yet">
      <p>
        The server printed a one-time setup address when it started. Open it to create your organization and
        its first owner.
      </p>
      <p>Lost the address? Restart the server: until setup is done, each start prints a new one.</p>
    </NoticePage>
  );
}
