"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useParams } from "next/navigation";
import { PageHeading } from "@/components/shell/page-heading";
import { Button } from "@/components/ui/button";
import type { ResourceDetails } from "@/lib/services/resources/resource-view";
import { Breadcrumb } from "./breadcrumb";
import { applicationsPath, resourcePath, resourceWords } from "./resource-words";
import { useResources } from "./resources-context";

/** Breadcrumb, name, the viewer's own access, and the actions they may take. */
export function ResourceHeading({ resource }: { resource: ResourceDetails }) {
  const { organization } = useParams<{ organization: string }>();
  const { openDialog } = useResources();
  const { type, name, application, allowed } = resource;
  const top = { name: "Applications", href: applicationsPath(organization) };
  const own = { name: "User groups", href: `${top.href}?show=user-groups` };
  const above =
    application === null
      ? type === "usergroup"
        ? [top, own]
        : [top]
      : [
          top,
          {
            name: application.name,
            href: resourcePath(organization, { type: "application", id: application.id }),
          },
        ];
  return (
    <div className="grid grid-cols-1 gap-2">
      <Breadcrumb above={above} current={name} />
      <div className="flex gap-3 max-sm:flex-col sm:items-start sm:justify-between">
        <PageHeading title={name}>{ownAccess(resource)}</PageHeading>
        <div className="flex shrink-0 gap-2 empty:hidden">
          {allowed.update && (
            <Button onClick={(event) => openDialog("rename", resource, event.currentTarget)}>
              <Pencil aria-hidden />
              Rename
            </Button>
          )}
          {allowed.delete && (
            <Button
              variant="danger-secondary"
              onClick={(event) => openDialog("delete", resource, event.currentTarget)}
            >
              <Trash2 aria-hidden />
              Delete
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function ownAccess({ type, level, allowed }: ResourceDetails): string {
  const { one } = resourceWords[type];
  if (level !== null) return `Your access to this ${one}: ${level}`;
  if (allowed.grant)
    return `You have no access to this ${one}, but you manage it as an owner of the organization.`;
  return `You have no access to this ${one}.`;
}
