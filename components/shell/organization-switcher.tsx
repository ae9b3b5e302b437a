"use client";

import { ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Membership } from "@/lib/services/users/list-memberships";
import { organizationHome } from "./settings-pages";

type OrganizationSwitcherProps = { current: Membership; memberships: readonly Membership[] };

export function OrganizationSwitcher({ current, memberships }: OrganizationSwitcherProps) {
  const router = useRouter();
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" className="min-w-0 shrink px-2 text-ink" title={current.name}>
          <span className="sr-only">Organization: </span>
          <span className="truncate">{current.name}</span>
          <ChevronsUpDown aria-hidden className="text-ink-faint" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" sideOffset={8}>
        <DropdownMenuLabel>Organizations</DropdownMenuLabel>
        <DropdownMenuRadioGroup aria-label="Organizations" value={current.slug}>
          {memberships.map((membership) => (
            <DropdownMenuRadioItem
              key={membership.slug}
              value={membership.slug}
              onSelect={() => router.push(organizationHome(membership))}
            >
              <span className="truncate">{membership.name}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
