import Link from "next/link";
import { AuthCard } from "@/components/auth/auth-card";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { NoticePage } from "@/components/shell/notice-page";
import { Button } from "@/components/ui/button";
import { requestOrigin } from "@/lib/auth/request-origin";
import { readResetLink } from "@/lib/services/password-reset/read-reset-link";

export const metadata = { title: "Set a new password" };

type ResetPasswordPageProps = { params: Promise<{ token: string }> };

/** Opening it uses nothing up: mail programs open links before people do. */
export default async function ResetPasswordPage({ params }: ResetPasswordPageProps) {
  const { token } = await params;
  const link = await readResetLink(token, (await requestOrigin()).at);
  if (link === null) {
    return (
      <NoticePage title="This link is over">
        <p>It was used, was replaced by a newer one, or its time is over. Ask for another.</p>
        <p className="flex flex-wrap gap-2">
          <Button asChild variant="primary">
            <Link href="/forgot-password">Send a new link</Link>
          </Button>
          <Button asChild>
            <Link href="/sign-in">Sign in</Link>
          </Button>
        </p>
      </NoticePage>
    );
  }
  return (
    <AuthCard title="Set a new password" intro={`For ${link.email}. Setting it signs you out everywhere.`}>
      <ResetPasswordForm token={token} email={link.email} />
    </AuthCard>
  );
}
