import Link from "next/link";
import { AuthCard } from "@/components/auth/auth-card";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { Button } from "@/components/ui/button";
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
    const mailed = isMailSet();
    return (
      <AuthCard title="This link no longer works">
        <div className="grid gap-4 text-ink-muted text-sm">
          {mailed ? (
            <p>It was used, was replaced by a newer one, or has expired. Request another one.</p>
          ) : (
            <>
              <p>It was used, was replaced by a newer one, or has expired.</p>
              <p>
                This server sends no mail. Its operator can create another link with{" "}
                <code className="font-mono text-[0.8125rem] text-ink">npm run owner:reset -- email</code>.
              </p>
            </>
          )}
          <p className="flex flex-wrap gap-2">
            {mailed && (
              <Button asChild variant="primary">
                <Link href="/forgot-password">Send a new link</Link>
              </Button>
            )}
            <Button asChild variant={mailed ? "secondary" : "primary"}>
              <Link href="/sign-in">Sign in</Link>
            </Button>
          </p>
        </div>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Set a new password" intro={`For ${link.email}. Setting it signs you out everywhere.`}>
      <ResetPasswordForm token={token} email={link.email} />
    </AuthCard>
  );
}
