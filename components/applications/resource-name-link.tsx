"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import type { ResourceRow } from "@/lib/services/resources/resource-view";
import { resourcePath } from "./resource-words";

/** Links to the resource's page. Fills its cell to make a large touch target. */
export function ResourceNameLink({ resource }: { resource: ResourceRow }) {
  const { organization } = useParams<{ organization: string }>();
  return (
    <Link
      href={resourcePath(organization, resource)}
      prefetch={false}
      title={resource.name}
      className="-mx-3 flex min-h-10.75 items-center px-3 font-medium text-ink underline-offset-4 outline-offset-[-2px] hover:underline max-sm:min-h-11.75"
    >
      <span className="truncate max-sm:line-clamp-2 max-sm:whitespace-normal max-sm:py-1 max-sm:[overflow-wrap:anywhere]">
        {resource.name}
      </span>
    </Link>
  );
}
