"use client";

import { ChevronRight, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useParams, useRouter } from "next/navigation";
import { DialogButton } from "@/components/list/dialog-host";
import { PageHeading } from "@/components/shell/page-heading";
import { levelWord } from "@/lib/core/access/access-level";
import type { ResourceDetails } from "@/lib/services/resources/resource-view";
import { DeleteResourceDialog, RenameResourceDialog } from "./resource-dialogs";
import { applicationsPath, resourceWords } from "./resource-words";

/** Breadcrumb, name, the viewer's own access, and the actions they may take. */
export function ResourceHeading({ resource, parent }: { resource: ResourceDetails; parent: string }) {
  const { organization } = useParams<{ organization: string }>();
  const router = useRouter();
  const { type, name, application, allowed } = resource;
  const top = { name: "Applications", href: applicationsPath(organization) };
  const own = { name: "User groups", href: `${top.href}?show=user-groups` };
  const above =
    application !== null
      ? [top, { name: application.name, href: parent }]
      : type === "usergroup"
        ? [top, own]
        : [top];
  return (
    <div className="grid grid-cols-1 gap-2">
      <Breadcrumb above={above} current={name} />
      <div className="flex gap-3 max-sm:flex-col sm:items-start sm:justify-between">
        <PageHeading title={name}>{ownAccess(resource)}</PageHeading>
        <div className="flex shrink-0 gap-2 empty:hidden">
          {allowed.update && (
            <DialogButton dialog={(props) => <RenameResourceDialog resource={resource} {...props} />}>
              <Pencil aria-hidden />
              Rename
            </DialogButton>
          )}
          {allowed.delete && (
            <DialogButton
              variant="danger-secondary"
              dialog={(props) => (
                <DeleteResourceDialog
                  resource={resource}
                  onDeleted={() => router.replace(parent)}
                  {...props}
                />
              )}
            >
              <Trash2 aria-hidden />
              Delete
            </DialogButton>
          )}
        </div>
      </div>
    </div>
  );
}

function ownAccess({ type, level, allowed }: ResourceDetails): string {
  const { one } = resourceWords[type];
  if (level !== null) return `Your access to this ${one}: ${levelWord(level)}`;
  if (allowed.grant)
    return `You have no access to this ${one}, but you manage it as an owner of the organization.`;
  return `You have no access to this ${one}.`;
}

type BreadcrumbProps = {
  /** From the root down to this page's parent. */
  above: readonly { readonly name: string; readonly href: string }[];
  current: string;
};

function Breadcrumb({ above, current }: BreadcrumbProps) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex min-w-0 items-center gap-1 text-ink-muted text-sm">
        {above.map(({ name, href }) => (
          // Parents get the space first; the heading below repeats the current page.
          <li key={href} className="flex max-w-32 shrink-0 items-center gap-1 sm:max-w-80">
            <Link href={href} title={name} className="truncate rounded py-1 hover:text-ink hover:underline">
              {name}
            </Link>
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
          </li>
        ))}
        <li aria-current="page" title={current} className="min-w-0 truncate">
          {current}
        </li>
      </ol>
    </nav>
  );
}
