"use client";

import { useParams } from "next/navigation";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { peopleColumns } from "./people/people-columns";
import { shownResourceColumns } from "./resource-column-layouts";
import { resourceOfPath } from "./resource-words";

const anyPlace = { type: "workspace", id: "", name: "" } as const;

/** An application opens with its workspaces, everything else with its people. */
export function ResourceSkeleton() {
  const { resource } = useParams<{ resource: string[] }>();
  const isApplication = resourceOfPath(resource)?.type === "application";
  const columns = isApplication
    ? shownResourceColumns("workspace", true)
    : peopleColumns({ resource: anyPlace, manageable: true, seesKeys: true });
  return (
    <div className="grid grid-cols-1 gap-4">
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="grid gap-2">
        <Skeleton className="my-1.5 h-4 w-48" />
        <Skeleton className="h-7 w-64 max-w-full" />
        <Skeleton className="h-4 w-56 max-w-full" />
      </div>
      <Skeleton className={isApplication ? "h-10 sm:h-8 sm:w-84" : "h-6 w-20"} />
      <Skeleton className="h-10 sm:h-8 sm:w-88" />
      <TableSkeleton columns={columns} rows={5} />
    </div>
  );
}
