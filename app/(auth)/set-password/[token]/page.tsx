import Link from "next/link";
import { AuthCard, DeadLink } from "@/components/auth/auth-card";
import { SetPasswordForm } from "@/components/auth/token-forms";
import { currentUser } from "@/lib/auth/current-user";
import { requestOrigin } from "@/lib/auth/request-origin";
import { readPasswordLink } from "@/lib/services/users/password/read-password-link";

export const metadata = { title: "Set password" };

type SetPasswordPageProps = { params: Promise<{ token: string }> };

/** Without a valid token this is a plain 404 that gives no reason. */
export default async function SetPasswordPage({ params }: SetPasswordPageProps) {
  const { token } = await params;
  const link = await readPasswordLink(token, (await requestOrigin()).at);
  if (link === null) {
    return (
      <DeadLink title="This link no longer works" isSignedIn={(await currentUser()) !== null}>
        <p>This link is invalid or was already used. If you have set a password, sign in with it.</p>
        <p>
          If you have not,{" "}
          <Link href="/forgot-password" className="text-accent-ink underline underline-offset-4">
            request another link
          </Link>
          .
        </p>
      </DeadLink>
    );
  }
  return (
    <AuthCard title="Set your password" intro={`You are a member of ${link.organizationName}.`}>
      <SetPasswordForm token={token} email={link.email} />
    </AuthCard>
  );
}
