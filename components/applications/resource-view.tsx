"use client";

import { useParams } from "next/navigation";
import { useTransition } from "react";
import { ListViews } from "@/components/list/list-views";
import type { ResourceType } from "@/lib/core/access/resource";
import type { ResourceDetails } from "@/lib/services/resources/resource-view";
import { PeopleList, type ShownPeople } from "./people/people-list";
import { ResourceHeading } from "./resource-heading";
import { NewResourceButton, ResourceList, type ShownResources } from "./resource-list";
import { applicationsPath, resourcePath, resourceWords } from "./resource-words";

type ResourceViewProps = {
  resource: ResourceDetails;
  /** The people with access to it, or the resources inside it. */
  shown: { readonly people: ShownPeople } | { readonly resources: ShownResources };
};

const about: Record<Exclude<ResourceType, "application">, string> = {
  workspace: "A workspace is a separate namespace: it does not share keys or people with the application.",
  usergroup: "A user group is a separate namespace: it does not share keys or people with the application.",
};

/** The page of an application, a workspace or a user group. */
export function ResourceView({ resource, shown }: ResourceViewProps) {
  const { organization } = useParams<{ organization: string }>();
  const [stale, startTransition] = useTransition();
  const { application } = resource;
  const parent =
    application === null
      ? applicationsPath(organization)
      : resourcePath(organization, { type: "application", id: application.id });
  const view = "people" in shown ? "people" : shown.resources.list.type;
  return (
    <div className="grid grid-cols-1 gap-4">
      <ResourceHeading resource={resource} parent={parent} />
      {resource.type === "application" ? (
        <ListViews
          label="Show"
          views={[
            { value: "workspaces", label: "Workspaces", count: resource.workspaces ?? undefined },
            { value: "user-groups", label: "User groups", count: resource.userGroups ?? undefined },
            { value: "people", label: "People", count: resource.people },
          ]}
          shown={view === "people" ? view : view === "usergroup" ? "user-groups" : "workspaces"}
          startTransition={startTransition}
        />
      ) : (
        <h2 className="font-semibold text-base text-ink">People</h2>
      )}
      {"people" in shown ? (
        <PeopleList key="people" shown={shown.people} resource={resource} parent={parent} stale={stale} />
      ) : (
        <Contents key={view} resource={resource} shown={shown.resources} stale={stale} />
      )}
    </div>
  );
}

type ContentsProps = { resource: ResourceDetails; shown: ShownResources; stale: boolean };

/** The workspaces or user groups of an application. */
function Contents({ resource, shown, stale }: ContentsProps) {
  const type = shown.list.type === "usergroup" ? "usergroup" : "workspace";
  const { one, many } = resourceWords[type];
  const seesAll = resource.level !== null || resource.allowed.grant;
  return (
    <ResourceList
      shown={shown}
      empty={
        seesAll
          ? { heading: `No ${many} yet`, text: about[type] }
          : {
              heading: `No ${many} to see`,
              text: `You only see those that you have access to, and you do not have access to any ${one} of this application.`,
            }
      }
      stale={stale}
      beside={
        shown.page.creatable ? (
          <NewResourceButton place={{ type, applicationId: resource.id }} variant="primary">
            New {one}
          </NewResourceButton>
        ) : seesAll ? (
          `Only admins and owners of this application create ${many}.`
        ) : (
          "Only those that you have access to are listed."
        )
      }
    />
  );
}
