import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { SignInForm } from "@/components/auth/sign-in-form";
import { Alert } from "@/components/ui/alert";
import { currentUser } from "@/lib/auth/current-user";
import { safeNextPath } from "@/lib/auth/safe-next-path";

export const metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<{ next?: string | string[]; password?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next: asked, password } = await searchParams;
  const next = safeNextPath(asked);
  if ((await currentUser()) !== null) redirect(next ?? "/");
  return (
    <AuthCard
      title="Sign in"
      foot={
        <>
          Found a leaked key?{" "}
          <Link href="/report-leak" className="text-accent-ink underline underline-offset-4">
            Report it
          </Link>{" "}
          without signing in.
        </>
      }
    >
      {password === "changed" && (
        <Alert role="status" heading="Your password was changed" className="mb-4">
          Sign in with the new one. All your earlier sessions have ended.
        </Alert>
      )}
      <SignInForm next={next} />
    </AuthCard>
  );
}
