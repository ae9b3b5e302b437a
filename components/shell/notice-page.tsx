import type { ReactNode } from "react";
import { Brand } from "./brand";

/** A full page with a single message, such as "not found". */
export function NoticePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-6 px-6 py-16">
      <Brand />
      <div className="grid gap-2">
        <h1 className="font-semibold text-ink text-xl tracking-tight">{title}</h1>
        <div className="grid gap-4 text-ink-muted text-sm leading-6">{children}</div>
      </div>
    </main>
  );
}
