"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { mayLeave } from "@/components/forms/leaving/may-leave";
import {
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
} from "@/components/ui/overlay/menu";
import { organizationHome } from "./navigation/organization-pages";
import { namesakeAddress, type OrganizationChoice } from "./organization-choice";

type OrganizationMenuItemsProps = Omit<OrganizationChoice, "button">;

export function OrganizationMenuItems({ current, memberships }: OrganizationMenuItemsProps) {
  const router = useRouter();
  return (
    <MenuContent align="start" sideOffset={8} className="w-72">
      <MenuLabel>Organizations</MenuLabel>
      <MenuRadioGroup aria-label="Organizations" value={current.slug}>
        {memberships.map((membership) => (
          <MenuRadioItem
            key={membership.slug}
            value={membership.slug}
            textValue={membership.name}
            onSelect={() => mayLeave() && router.push(organizationHome(membership))}
          >
            <span className="min-w-0 flex-1 truncate" title={membership.name}>
              {membership.name}
            </span>
            <span className="max-w-1/2 shrink-0 truncate font-mono text-ink-muted text-xs empty:hidden">
              {namesakeAddress(membership, memberships)}
            </span>
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/new">
          <Plus aria-hidden />
          New organization
        </Link>
      </MenuItem>
    </MenuContent>
  );
}
