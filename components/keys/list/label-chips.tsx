"use client";

import { use } from "react";
import { Badge } from "@/components/ui/badge";
import { type Label, labelText } from "@/lib/core/keys/attributes/key-labels";
import { AddFilterContext } from "./key-filters";

type LabelChipsProps = {
  labels: readonly Label[];
  /** Shows only this many, on one line, and a count of the rest. */
  first?: number;
};

/** A key's labels. Clicking one filters the list by it. */
export function LabelChips({ labels, first }: LabelChipsProps) {
  const add = use(AddFilterContext);
  const shown = labels.slice(0, first).map(labelText);
  const more = labels.length - shown.length;
  const isCut = first !== undefined;
  return (
    <ul className={isCut ? "flex gap-1" : "flex flex-wrap gap-1"}>
      {shown.map((text) => (
        <li key={text} className="flex min-w-0">
          <button
            type="button"
            title={text}
            aria-label={`Filter by label ${text}`}
            onClick={() => add.filter("label", text)}
            className="group/chip flex min-w-0 rounded py-px"
          >
            <Badge
              className={`text-left font-mono group-hover/chip:border-line-strong group-hover/chip:text-ink ${isCut ? "block!" : "whitespace-normal! [overflow-wrap:anywhere]"}`}
            >
              {text}
            </Badge>
          </button>
        </li>
      ))}
      {more > 0 && (
        <li title={labels.map(labelText).join("\n")} className="flex shrink-0 py-px">
          <Badge className="tabular-nums">+{more}</Badge>
        </li>
      )}
    </ul>
  );
}
