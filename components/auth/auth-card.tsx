import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";

/** The narrow centered layout of the pages before sign-in. */
export function AuthCard({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh grid-cols-1 w-full max-w-[25rem] content-center px-4 py-12">
      <div className="mb-6 flex justify-center">
        <Brand />
      </div>
      <div className="rounded-lg border bg-surface p-6 shadow-control sm:p-8">
        <h1 className="font-semibold text-ink text-lg tracking-tight [overflow-wrap:anywhere]">{title}</h1>
        {intro && <p className="mt-1 text-ink-muted text-sm [overflow-wrap:anywhere]">{intro}</p>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
