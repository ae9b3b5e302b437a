import Link from "next/link";
import { AuthCard, DeadLink, OwnerResetCommand } from "@/components/auth/auth-card";
import { ResetPasswordForm } from "@/components/auth/token-forms";
import { Button } from "@/components/ui/button";
import { currentUser } from "@/lib/auth/current-user";
import { requestOrigin } from "@/lib/auth/request-origin";
import { isMailSet } from "@/lib/services/mail/is-mail-set";
import { readResetLink } from "@/lib/services/password-reset/read-reset-link";

export const metadata = { title: "Set a new password" };

type ResetPasswordPageProps = { params: Promise<{ token: string }> };

/** Opening the link does not use up the token: mail programs open links before people do. */
export default async function ResetPasswordPage({ params }: ResetPasswordPageProps) {
  const { token } = await params;
  const link = await readResetLink(token, (await requestOrigin()).at);
  if (link === null) {
    const isSignedIn = (await currentUser()) !== null;
    const reason = "It was used, was replaced by a newer one, or has expired.";
    if (!isMailSet()) {
      return (
        <DeadLink title="This link no longer works" isSignedIn={isSignedIn}>
          <p>{reason}</p>
          <p>This server sends no mail. Its operator can create another link:</p>
          <OwnerResetCommand />
        </DeadLink>
      );
    }
    const sendAnother = (
      <Button asChild variant="primary">
        <Link href="/forgot-password">Send a new link</Link>
      </Button>
    );
    return (
      <DeadLink title="This link no longer works" isSignedIn={isSignedIn} instead={sendAnother}>
        <p>{reason} Request another one.</p>
      </DeadLink>
    );
  }
  return (
    <AuthCard title="Set a new password" intro={`For ${link.email}. Setting it signs you out everywhere.`}>
      <ResetPasswordForm token={token} email={link.email} />
    </AuthCard>
  );
}
