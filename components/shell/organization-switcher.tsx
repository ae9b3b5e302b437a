"use client";

import { ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Membership } from "@/lib/services/users/list-memberships";
import { organizationHome } from "./settings-pages";

type OrganizationSwitcherProps = { current: Membership; memberships: readonly Membership[] };

/** Typing the beginning of a name goes to it; what makes a new one stays in sight however many there are. */
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
      <DropdownMenuContent align="start" sideOffset={8} className="flex w-72 flex-col overflow-hidden">
        <DropdownMenuLabel>Organizations</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          aria-label="Organizations"
          value={current.slug}
          className="-mx-1 min-h-0 max-h-[min(24rem,60dvh)] overflow-y-auto px-1"
        >
          {memberships.map((membership) => (
            <DropdownMenuRadioItem
              key={membership.slug}
              ref={membership.slug === current.slug ? scrollTo : undefined}
              value={membership.slug}
              textValue={membership.name}
              onSelect={() => router.push(organizationHome(membership))}
            >
              <span className="min-w-0 flex-1 truncate" title={membership.name}>
                {membership.name}
              </span>
              {hasNamesake(membership, memberships) && (
                <span className="max-w-1/2 shrink-0 truncate font-mono text-ink-muted text-xs">
                  /{membership.slug}
                </span>
              )}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/new">
            <Plus aria-hidden />
            New organization
          </Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** Its list alone: `scrollIntoView` would move the page too, before the menu stands in its place. */
function scrollTo(item: HTMLElement | null): void {
  const list = item?.parentElement;
  if (item == null || list == null) return;
  list.scrollTop = item.offsetTop - list.offsetTop - (list.clientHeight - item.clientHeight) / 2;
}

/** Two of one name are told apart by their addresses. */
function hasNamesake(one: Membership, all: readonly Membership[]): boolean {
  return all.some(({ name, slug }) => name === one.name && slug !== one.slug);
}
