import { AuthCard, DeadLink } from "@/components/auth/auth-card";
import { SetupForm } from "@/components/auth/token-forms";
import { currentUser } from "@/lib/auth/current-user";
import { isSetupOpen } from "@/lib/services/setup/issue-setup-token";

export const metadata = { title: "Setup" };

type SetupPageProps = { searchParams: Promise<{ token?: string | string[] }> };

/** Without the token from the URL printed at startup this is a 404, whether or not setup is done. */
export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { token } = await searchParams;
  if (typeof token !== "string" || !(await isSetupOpen(token))) {
    return (
      <DeadLink title="Setup" isSignedIn={(await currentUser()) !== null}>
        <p>
          Setup needs the one-time address that the server prints when it starts. This address is wrong or was
          already used.
        </p>
        <p>If your organization is set up, sign in. If not, restart the server: it prints a new address.</p>
      </DeadLink>
    );
  }
  return (
    <AuthCard title="Set up Latchkey" intro="Create your organization. You will be its first owner.">
      <SetupForm token={token} />
    </AuthCard>
  );
}
