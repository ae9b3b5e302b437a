"use client";

import { LogOut, Settings, UserRound } from "lucide-react";
import Link from "next/link";
import { useId } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuGroup,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/overlay/dropdown-menu";
import { toast } from "@/components/ui/overlay/toast";
import { signOut } from "@/lib/actions/session";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import { ThemeChoice } from "./theme-choice";

type AccountMenuProps = {
  person: { readonly name: string; readonly email: string };
  /** The organization that "Settings" opens; undefined for people without one. */
  organization: { readonly slug: string } | undefined;
};

export function AccountMenu({ person, organization }: AccountMenuProps) {
  const organizationLabel = useId();
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Account menu" className="rounded-full!">
          <Avatar name={person.name} />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-60" sideOffset={8}>
        <div className="grid px-2 py-1.5">
          <span className="truncate font-medium text-ink text-sm">{person.name}</span>
          <span className="truncate text-ink-muted text-xs">{person.email}</span>
        </div>
        <DropdownMenuSeparator />
        {organization !== undefined && (
          <>
            <DropdownMenuGroup aria-labelledby={organizationLabel}>
              <DropdownMenuLabel id={organizationLabel}>Organization</DropdownMenuLabel>
              <DropdownMenuItem asChild>
                <Link href={`/${organization.slug}/settings`}>
                  <Settings aria-hidden />
                  Settings
                </Link>
              </DropdownMenuItem>
            </DropdownMenuGroup>
            <DropdownMenuSeparator />
          </>
        )}
        <DropdownMenuItem asChild>
          <Link href="/account">
            <UserRound aria-hidden />
            Account
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <ThemeChoice />
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={leave}>
          <LogOut aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

async function leave(): Promise<void> {
  const ended = await signOut().catch(readDoorRefusal);
  if (ended?.ok || ended?.code === "signed_out") {
    // Load a new document to drop the router's cache of visited pages.
    window.location.replace("/sign-in");
    return;
  }
  toast.error(
    ended === null
      ? "You are still signed in. Check the connection and try again."
      : `You are still signed in. ${ended.detail}`,
  );
}
