"use client";

import { useTransition } from "react";
import { ListViews } from "@/components/list/list-views";
import { PageHeading } from "@/components/shell/page-heading";
import { NowProvider } from "@/components/ui/time/now-provider";
import { NewResourceButton } from "./new-resource-button";
import { NotOffered } from "./not-offered";
import { ResourceList, type ShownResources } from "./resource-list";
import { resourceWords } from "./resource-words";
import { ResourcesDialogs } from "./resources-dialogs";

type ApplicationsViewProps = ShownResources & { serverNow: Date };

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
export function ApplicationsView({ serverNow, ...shown }: ApplicationsViewProps) {
  const [stale, startTransition] = useTransition();
  const { list, page } = shown;
  const type = list.type === "usergroup" ? "usergroup" : "application";
  const { one, many } = resourceWords[type];
  return (
    <NowProvider serverNow={serverNow}>
      <ResourcesDialogs>
        <div className="grid grid-cols-1 gap-4">
          <PageHeading
            title="Applications"
            action={
              page.creatable && (
                <NewResourceButton place={{ type, applicationId: null }} variant="primary">
                  New {one}
                </NewResourceButton>
              )
            }
          >
            The namespaces that keys and access belong to.
          </PageHeading>
          <ListViews
            label="Show"
            views={views}
            shown={type === "application" ? "applications" : "user-groups"}
            startTransition={startTransition}
          />
          <ResourceList
            key={type}
            {...shown}
            empty={{ heading: `No ${many} yet`, text: about[type] }}
            stale={stale}
            beside={
              page.creatable || (
                <NotOffered>Only admins and owners of the organization create {many} here.</NotOffered>
              )
            }
          />
        </div>
      </ResourcesDialogs>
    </NowProvider>
  );
}
