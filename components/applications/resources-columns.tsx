"use client";

import type { ReactNode } from "react";
import { columnsOf } from "@/components/data-table/columns-of";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { ResourceType } from "@/lib/core/access/resource";
import type { ResourceRow } from "@/lib/services/resources/resource-view";
import { ResourceNameLink } from "./resource-name-link";
import { ResourceRowActions } from "./resource-row-actions";
import { type ResourcesColumnId, resourcesColumnLayout } from "./resources-column-layout";

const cells: Record<ResourcesColumnId, (resource: ResourceRow) => ReactNode> = {
  name: (resource) => <ResourceNameLink resource={resource} />,
  level: ({ level }) =>
    level === null ? (
      <span className="text-ink-faint">None</span>
    ) : (
      <span className="text-[0.8125rem]">{level}</span>
    ),
  workspaces: ({ workspaces }) => <Count count={workspaces} />,
  userGroups: ({ userGroups }) => <Count count={userGroups} />,
  people: ({ people }) => <Count count={people} />,
  liveKeys: ({ liveKeys }) => <Count count={liveKeys} />,
  created: ({ createdAt }) => (
    <span className="text-ink-muted">
      <RelativeTime moment={createdAt} />
    </span>
  ),
  actions: (resource) => <ResourceRowActions resource={resource} />,
};

export function resourcesColumns(type: ResourceType, seesKeys: boolean) {
  return columnsOf(resourcesColumnLayout(type, seesKeys), cells);
}

function Count({ count }: { count: number | null }) {
  return <span className="tabular-nums">{count}</span>;
}
