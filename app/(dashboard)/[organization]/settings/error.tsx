"use client";

import { usePathname } from "next/navigation";
import { keysFailure } from "@/components/keys/list/keys-failure";
import { type ErrorProps, PageError, type PageFailure } from "@/components/shell/page-error";

/** One for all pages: with an error page per page, the navigation's links would preload each one's code. */
const failures: Readonly<Record<string, PageFailure>> = {
  "api-keys": keysFailure,
  members: {
    title: "Members",
    heading: "The members could not be loaded",
    works: "Their access and their keys keep working.",
  },
  applications: {
    title: "Applications",
    heading: "This could not be loaded",
    works: "Keys keep working, and people keep their access.",
  },
  "audit-log": {
    title: "Audit log",
    heading: "The audit log could not be loaded",
    works: "Every change is still recorded.",
  },
  webhooks: {
    title: "Webhooks",
    heading: "The webhooks could not be loaded",
    works: "Messages are still sent, and what fails is retried.",
  },
  roles: {
    title: "Roles",
    heading: "The roles could not be loaded",
    works: "Keys keep working with the permissions they have.",
  },
};

const anyPage: PageFailure = {
  title: "Settings",
  heading: "This could not be loaded",
  works: "Keys keep working.",
};

export default function SettingsError(props: ErrorProps) {
  const [, , , page = ""] = usePathname().split("/");
  return <PageError {...(failures[page] ?? anyPage)} {...props} />;
}
