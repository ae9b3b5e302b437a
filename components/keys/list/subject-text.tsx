"use client";

import { use } from "react";
import { classNames } from "@/components/ui/class-names";
import { AddFilterContext } from "./key-filters";

type SubjectTextProps = {
  subject: string;
  /** Wraps; otherwise it is cut off at the column's edge. */
  whole?: boolean;
};

/** A key's subject. Clicking it filters the list by it. Spaces are significant, so all are shown. */
export function SubjectText({ subject, whole = false }: SubjectTextProps) {
  const add = use(AddFilterContext);
  return (
    <button
      type="button"
      title={whole ? undefined : subject}
      aria-label={`Filter by subject ${subject}`}
      onClick={() => add.filter("subject", subject)}
      className={classNames(
        "rounded py-0.5 text-left underline-offset-4 hover:underline",
        !whole && "max-w-full truncate",
      )}
    >
      <span
        className={classNames(
          "font-mono text-ink text-xs leading-5",
          whole ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre",
        )}
      >
        {subject}
      </span>
    </button>
  );
}
