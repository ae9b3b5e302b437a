"use client";

import { rowOpener } from "@/components/data-table/use-row-keys";
import { Badge } from "@/components/ui/badge";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { useOpenDetails } from "../key-sheet";
import { secondLine } from "./two-lines";

/** The name and the description. Clicking the name, or anywhere in the row, opens the details. */
export function KeyNameCell({ apiKey }: { apiKey: KeyRow }) {
  const openDetails = useOpenDetails();
  const { name, description, imported } = apiKey;
  const about = (
    <span {...secondLine} dir="auto" title={description} className={`${secondLine.className} max-md:hidden`}>
      {description}
    </span>
  );
  return (
    <div className="grid grid-cols-1">
      <button
        {...rowOpener}
        type="button"
        dir="auto"
        title={name}
        onClick={(event) => openDetails(apiKey.id, event.currentTarget)}
        className="-mx-0.75 block max-w-[calc(100%+6px)] justify-self-start truncate rounded px-0.75 text-left font-medium text-ink text-sm leading-4.5 focus-visible:outline-offset-0 group-has-[[data-ended]]/row:text-ink-muted max-md:text-base max-md:leading-5.5"
      >
        {name}
      </button>
      {imported ? (
        <span data-second="" className="flex min-w-0 items-center gap-1.5 max-md:hidden">
          <Badge title="Its token is one of another system" className="shrink-0 leading-3.5!">
            Imported
          </Badge>
          {about}
        </span>
      ) : (
        description !== "" && about
      )}
    </div>
  );
}
