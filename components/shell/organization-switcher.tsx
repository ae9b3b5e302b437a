"use client";

import { ChevronsUpDown } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import type { OrganizationChoice } from "./organization-choice";
import { OrganizationMenu } from "./organization-menu";
import { OrganizationSearch } from "./organization-search";

/** More than this are hard to scan. */
const menuMaximum = 10;

/** A menu for a few organizations; a search for many. */
export function OrganizationSwitcher(props: Omit<OrganizationChoice, "button">) {
  const button = <CurrentOrganization name={props.current.name} />;
  return props.memberships.length > menuMaximum ? (
    <OrganizationSearch {...props} button={button} />
  ) : (
    <OrganizationMenu {...props} button={button} />
  );
}

function CurrentOrganization({ name, ...rest }: ComponentProps<"button"> & { name: string }) {
  return (
    <Button variant="ghost" className="min-w-0 shrink! text-ink! sm:px-2" title={name} {...rest}>
      <span className="sr-only">Organization: </span>
      <span className="truncate">{name}</span>
      <ChevronsUpDown aria-hidden className="text-ink-faint" />
    </Button>
  );
}
