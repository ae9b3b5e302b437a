import Link from "next/link";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { Button } from "@/components/ui/button";

/** The narrow centered layout of the pages before sign-in. */
type AuthCardProps = { title: string; intro?: string; foot?: ReactNode; children: ReactNode };

export function AuthCard({ title, intro, foot, children }: AuthCardProps) {
  return (
    <main className="mx-auto grid min-h-dvh grid-cols-1 w-full max-w-[25rem] content-center px-4 py-12">
      <div className="mb-6 flex justify-center">
        <Brand />
      </div>
      <div className="rounded-lg border bg-surface p-6 shadow-control sm:p-8">
        <h1 className="font-semibold text-ink text-xl tracking-tight [overflow-wrap:anywhere]">{title}</h1>
        {intro && <p className="mt-1 text-ink-muted text-sm [overflow-wrap:anywhere]">{intro}</p>}
        <div className="mt-6 [&_input:not([type=hidden])]:h-10">{children}</div>
      </div>
      {foot && <p className="mt-6 text-center text-[0.8125rem] text-ink-muted">{foot}</p>}
    </main>
  );
}

/**
 * A page whose one-time link is used up or was never valid.
 *
 * @param isSignedIn whether to link to the person's organizations instead of the sign-in
 * @param instead a better next step than either
 */
export function DeadLink({
  title,
  isSignedIn,
  instead,
  children,
}: {
  title: string;
  isSignedIn: boolean;
  instead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <AuthCard title={title}>
      <div className="grid gap-4 text-ink-muted text-sm">
        {children}
        <p className={instead ? "flex flex-wrap gap-2" : undefined}>
          {instead}
          <Button asChild variant={instead ? "secondary" : "primary"}>
            {isSignedIn ? <Link href="/">Open Latchkey</Link> : <Link href="/sign-in">Sign in</Link>}
          </Button>
        </p>
      </div>
    </AuthCard>
  );
}

/** The command that the server's operator runs if the server cannot send mail. */
export function OwnerResetCommand() {
  return (
    <pre className="overflow-x-auto rounded-md border bg-subtle px-3 py-2 font-mono text-[0.8125rem] text-ink">
      npm run owner:reset -- email
    </pre>
  );
}

/** A link below a form. */
export function AuthLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="text-center text-sm">
      <Link href={href} className="font-medium text-accent-ink underline-offset-4 hover:underline">
        {children}
      </Link>
    </p>
  );
}
