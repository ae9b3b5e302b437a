import { redirect } from "next/navigation";
import { NoticePage } from "@/components/shell/notice-page";
import { organizationHome } from "@/components/shell/settings-pages";
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
        The one-time address of the setup was printed where the server was started. Open it to make your
        organization and its first owner.
      </p>
      <p>The address is gone? Start the server again: while nobody is set up, each start prints a new one.</p>
    </NoticePage>
  );
}
