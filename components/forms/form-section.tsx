import type { ReactNode } from "react";

/** Fields of a form that belong together, below a line. */
export function FormSection({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} className="grid grid-cols-1 gap-3 border-t pt-4">
      {children}
    </section>
  );
}
