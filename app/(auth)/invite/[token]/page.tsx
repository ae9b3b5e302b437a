import { AuthCard, DeadLink } from "@/components/auth/auth-card";
import { SignInForm } from "@/components/auth/sign-in-form";
import { AcceptAsNewForm, AcceptForm } from "@/components/auth/token-forms";
import { SwitchAccount } from "@/components/members/switch-account";
import { currentUser } from "@/lib/auth/current-user";
import { requestOrigin } from "@/lib/auth/request-origin";
import { levelWord } from "@/lib/core/access/access-level";
import { readInvitation } from "@/lib/services/invitations/read-invitation";

export const metadata = { title: "Invitation" };

type InvitePageProps = { params: Promise<{ token: string }> };

/** Without a valid token this is a plain 404 that gives no reason. */
export default async function InvitePage({ params }: InvitePageProps) {
  const { token } = await params;
  const invitation = await readInvitation(token, (await requestOrigin()).at);
  if (invitation === null) {
    return (
      <DeadLink title="This invitation no longer works" isSignedIn={(await currentUser()) !== null}>
        <p>
          This invitation is invalid or was already used. If you accepted it, sign in. If not, ask the person
          who invited you for another.
        </p>
      </DeadLink>
    );
  }
  const { email, accessLevel, organizationName, invitedBy, hasAccount } = invitation;
  const user = await currentUser();
  const intro = `${invitedBy} invited ${email} as ${levelWord(accessLevel)}.`;
  return (
    <AuthCard title={`Join ${organizationName}`} intro={intro}>
      {user === null && hasAccount && <SignInForm next={`/invite/${token}`} email={email} />}
      {user === null && !hasAccount && <AcceptAsNewForm token={token} email={email} />}
      {user !== null && user.email === email && <AcceptForm token={token} />}
      {user !== null && user.email !== email && <SwitchAccount email={user.email} invited={email} />}
    </AuthCard>
  );
}
