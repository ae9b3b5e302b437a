import { Pencil, Trash2 } from "lucide-react";
import type { Column } from "@/components/data-table/column";
import { RowActions } from "@/components/list/row-actions";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { ResourceType } from "@/lib/core/access/resource";
import type { ResourceRow } from "@/lib/services/resources/resource-view";
import { DeleteResourceDialog, RenameResourceDialog } from "./resource-dialogs";
import { ResourceNameLink } from "./resource-name-link";
import { whyNotOffered } from "./resource-words";

const columns: readonly Column<ResourceRow>[] = [
  {
    id: "name",
    title: "Name",
    width: "w-46 sm:w-72",
    sticky: "start",
    cell: (resource) => <ResourceNameLink resource={resource} />,
  },
  {
    id: "level",
    title: "Your access",
    width: "w-30",
    cell: ({ level }) =>
      level === null ? (
        <span className="text-ink-faint">None</span>
      ) : (
        <span className="text-[0.8125rem]">{level}</span>
      ),
  },
  { id: "workspaces", title: "Workspaces", width: "w-28", cell: ({ workspaces }) => count(workspaces) },
  { id: "userGroups", title: "User groups", width: "w-28", cell: ({ userGroups }) => count(userGroups) },
  { id: "people", title: "People", width: "w-22", cell: ({ people }) => count(people) },
  { id: "liveKeys", title: "Live keys", width: "w-24", cell: ({ liveKeys }) => count(liveKeys) },
  {
    id: "created",
    title: "Created",
    width: "w-34",
    cell: ({ createdAt }) => (
      <span className="text-ink-muted">
        <RelativeTime moment={createdAt} />
      </span>
    ),
  },
  {
    id: "actions",
    title: "",
    width: "w-12",
    sticky: "end",
    cell: (resource) => (
      <RowActions
        of={resource.name}
        reason={whyNotOffered(resource.type, resource.allowed)}
        actions={[
          {
            name: "Rename",
            icon: Pencil,
            disabled: !resource.allowed.update,
            dialog: (props) => <RenameResourceDialog resource={resource} {...props} />,
          },
          {
            name: "Delete",
            icon: Trash2,
            tone: "danger",
            disabled: !resource.allowed.delete,
            dialog: (props) => <DeleteResourceDialog resource={resource} {...props} />,
          },
        ]}
      />
    ),
  },
];

function count(number: number | null) {
  return <span className="tabular-nums">{number}</span>;
}

/** @param seesKeys whether the viewer may see how many keys each has */
export function resourcesColumns(type: ResourceType, seesKeys: boolean) {
  return columns.filter(({ id }) => {
    if (id === "workspaces" || id === "userGroups") return type === "application";
    return id !== "liveKeys" || seesKeys;
  });
}
