import { type ReactNode, useId } from "react";
import { Card } from "@/components/ui/card";

type OverviewCardProps = { title: ReactNode; aside?: ReactNode; children: ReactNode };

/** One of the page's cards: a heading with something on the right, then its content. */
export function OverviewCard({ title, aside, children }: OverviewCardProps) {
  const heading = useId();
  return (
    <Card>
      <section aria-labelledby={heading}>
        <div className="flex min-h-11 items-center justify-between gap-4 px-4 text-[0.8125rem]">
          <h2 id={heading} className="font-semibold text-ink text-sm [overflow-wrap:anywhere]">
            {title}
          </h2>
          {aside}
        </div>
        {children}
      </section>
    </Card>
  );
}

/** The style of a small link in a card. */
export const cardLink = "shrink-0 rounded-sm text-accent-ink hover:underline";
