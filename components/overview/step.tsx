import { Check } from "lucide-react";
import type { ReactNode } from "react";

type StepProps = {
  number: number;
  state: "done" | "now" | "later";
  title: string;
  about?: string | undefined;
  aside?: ReactNode;
  children?: ReactNode;
};

const markOf: Record<StepProps["state"], string> = {
  done: "border-status-active-ink bg-status-active-ink text-surface",
  now: "border-accent text-accent-ink",
  later: "border-line-input text-ink-muted",
};

/** A step of the first steps. */
export function Step({ number, state, title, about, aside, children }: StepProps) {
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3 gap-y-2.5 border-t px-4 py-3.5">
      <span
        aria-hidden
        className={`grid size-5 place-items-center rounded-full border font-semibold text-[0.6875rem] ${markOf[state]}`}
      >
        {state === "done" ? <Check className="size-3" strokeWidth={3} /> : number}
      </span>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div>
          <h3 className={state === "done" ? "text-ink-muted text-sm" : "font-medium text-ink text-sm"}>
            {title}
            {state === "done" && <span className="sr-only">: done</span>}
          </h3>
          {about !== undefined && state !== "done" && (
            <p className="text-[0.8125rem] text-ink-muted">{about}</p>
          )}
        </div>
        {aside}
      </div>
      {children && <div className="col-start-2">{children}</div>}
    </li>
  );
}
