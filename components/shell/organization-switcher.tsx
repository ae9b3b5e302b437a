"use client";

import { ChevronsUpDown } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
import { lazyMenu } from "@/components/ui/lazy/lazy-menu";
import { withProps } from "@/components/ui/with-props";
import type { OrganizationChoice } from "./organization-choice";

const OrganizationMenu = lazyMenu(
  async () => (await import("./organization-menu-items")).OrganizationMenuItems,
);
const OrganizationSearch = lazyDialog(async () => (await import("./organization-search")).OrganizationSearch);

/** Longer lists are hard to scan and get a search instead. */
const menuMaximum = 10;

/** A menu for a few organizations; a search for many. */
export function OrganizationSwitcher(props: Omit<OrganizationChoice, "button">) {
  const button = <CurrentOrganization name={props.current.name} />;
  const Switcher = props.memberships.length > menuMaximum ? OrganizationSearchButton : OrganizationMenu;
  return <Switcher {...props} button={button} />;
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

/** The button of the search, whose code loads on hover or focus. */
function OrganizationSearchButton({ button, ...rest }: OrganizationChoice) {
  const [opened, setOpened] = useState(false);
  const closed = withProps(button, {
    "aria-haspopup": "dialog",
    "aria-expanded": false,
    onPointerEnter: OrganizationSearch.expect,
    onClick: () => setOpened(true),
  });
  if (!opened) return closed;
  return <OrganizationSearch button={button} instead={closed} {...rest} />;
}
