"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/overlay/dropdown-menu";
import { namesakeAddress } from "./namesake-address";
import type { OrganizationChoice } from "./organization-choice";
import { organizationHome } from "./settings-pages";

export function OrganizationMenu({ current, memberships, button }: OrganizationChoice) {
  const router = useRouter();
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" sideOffset={8} className="w-72">
        <DropdownMenuLabel>Organizations</DropdownMenuLabel>
        <DropdownMenuRadioGroup aria-label="Organizations" value={current.slug}>
          {memberships.map((membership) => (
            <DropdownMenuRadioItem
              key={membership.slug}
              value={membership.slug}
              textValue={membership.name}
              onSelect={() => router.push(organizationHome(membership))}
            >
              <span className="min-w-0 flex-1 truncate" title={membership.name}>
                {membership.name}
              </span>
              <span className="max-w-1/2 shrink-0 truncate font-mono text-ink-muted text-xs empty:hidden">
                {namesakeAddress(membership, memberships)}
              </span>
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
