import Link from "next/link";
import { AuthCard, OwnerResetCommand } from "@/components/auth/auth-card";
import { ForgotPasswordForm } from "@/components/auth/sign-in-form";
import { isMailSet } from "@/lib/services/mail/is-mail-set";

export const metadata = { title: "Forgot your password?" };
// Whether mail is configured is known when the server starts, not at build time.
export const dynamic = "force-dynamic";

export default function ForgotPasswordPage() {
  if (isMailSet()) {
    return (
      <AuthCard title="Forgot your password?" intro="We mail you a link to set a new one.">
        <ForgotPasswordForm />
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Forgot your password?" intro="This server sends no mail, so it cannot send you a link.">
      <div className="grid gap-4 text-ink-muted text-sm">
        <p>Ask the server's operator to run this with your email:</p>
        <OwnerResetCommand />
        <p>The command prints a link that works once and lets you set a new password.</p>
        <p>
          <Link href="/sign-in" className="font-medium text-accent-ink underline-offset-4 hover:underline">
            Back to sign-in
          </Link>
        </p>
      </div>
    </AuthCard>
  );
}
