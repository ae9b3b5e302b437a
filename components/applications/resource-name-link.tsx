"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { rowOpener } from "@/components/data-table/use-row-keys";
import type { ResourceRow } from "@/lib/services/resources/resource-view";
import { resourcePath } from "./resource-words";

/** The resource's name. Clicking it, or anywhere in the row, opens the resource's page. */
export function ResourceNameLink({ resource }: { resource: ResourceRow }) {
  const { organization } = useParams<{ organization: string }>();
  return (
    <Link
      {...rowOpener}
      dir="auto"
      href={resourcePath(organization, resource)}
      prefetch={false}
      title={resource.name}
      className="-mx-0.75 block w-fit max-w-full truncate rounded px-0.75 font-medium text-ink text-sm max-md:text-base focus-visible:outline-offset-0"
    >
      {resource.name}
    </Link>
  );
}
