"use client";

import { useTransition } from "react";
import { ListViews } from "@/components/list/list-views";
import { PageHeading } from "@/components/shell/page-heading";
import { NewResourceButton, ResourceList, type ShownResources } from "./resource-list";
import { resourceWords } from "./resource-words";

const views = [
  { value: "applications", label: "Applications" },
  { value: "user-groups", label: "User groups" },
];

const about = {
  application:
    "An application is one of your products. It contains workspaces and user groups, and is a namespace for keys: a key created in it reaches only what is inside.",
  usergroup: "A user group of the organization is a separate namespace for keys, outside every application.",
};

/** The organization's applications, and the user groups that belong to no application. */
export function ApplicationsView({ shown }: { shown: ShownResources }) {
  const [stale, startTransition] = useTransition();
  const type = shown.list.type === "usergroup" ? "usergroup" : "application";
  const { one, many } = resourceWords[type];
  const { creatable } = shown.page;
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeading
        title="Applications"
        action={
          creatable && (
            <NewResourceButton
              place={{ type, applicationId: null }}
              variant="primary"
              data-shortcut="new-application"
            >
              New {one}
            </NewResourceButton>
          )
        }
      >
        Each is a namespace with its own people and API keys.
      </PageHeading>
      <ListViews
        label="Show"
        views={views}
        shown={type === "application" ? "applications" : "user-groups"}
        startTransition={startTransition}
      />
      <ResourceList
        key={type}
        shown={shown}
        empty={{ heading: `No ${many} yet`, text: about[type] }}
        stale={stale}
        beside={creatable || `Only admins and owners of the organization can create ${many}.`}
      />
    </div>
  );
}
