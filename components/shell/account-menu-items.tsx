"use client";

import { LogOut, Monitor, Moon, Settings, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { useTheme } from "next-themes";
import { useId } from "react";
import {
  MenuContent,
  MenuGroup,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
} from "@/components/ui/overlay/menu";
import { toast } from "@/components/ui/overlay/toast";
import { signOut } from "@/lib/actions/session";
import { readDoorRefusal } from "@/lib/core/door-refusal";

export type AccountMenuProps = {
  person: { readonly name: string; readonly email: string };
  /** The organization that "Settings" opens; undefined for people without one. */
  organization: { readonly slug: string } | undefined;
};

export function AccountMenuItems({ person, organization }: AccountMenuProps) {
  const organizationLabel = useId();
  return (
    <MenuContent className="w-60" sideOffset={8}>
      <div className="grid px-2 py-1.5">
        <span className="truncate font-medium text-ink text-sm">{person.name}</span>
        <span className="truncate text-ink-muted text-xs">{person.email}</span>
      </div>
      <MenuSeparator />
      {organization !== undefined && (
        <>
          <MenuGroup aria-labelledby={organizationLabel}>
            <MenuLabel id={organizationLabel}>Organization</MenuLabel>
            <MenuItem asChild>
              <Link href={`/${organization.slug}/settings`}>
                <Settings aria-hidden />
                Settings
              </Link>
            </MenuItem>
          </MenuGroup>
          <MenuSeparator />
        </>
      )}
      <MenuItem asChild>
        <Link href="/account">
          <UserRound aria-hidden />
          Account
        </Link>
      </MenuItem>
      <MenuSeparator />
      <ThemeChoice />
      <MenuSeparator />
      <MenuItem onSelect={leave}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </MenuContent>
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

const themes = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "System", icon: Monitor },
] as const;

/** Rendered only in an open menu, so in the browser, where the current theme is known. */
function ThemeChoice() {
  const { theme = "system", setTheme } = useTheme();
  const label = useId();
  return (
    <MenuRadioGroup aria-labelledby={label} value={theme} onValueChange={setTheme}>
      <MenuLabel id={label}>Theme</MenuLabel>
      {themes.map(({ value, label: name, icon: Icon }) => (
        // Keep the menu open so that people see the theme they chose.
        <MenuRadioItem key={value} value={value} onSelect={(event) => event.preventDefault()}>
          <Icon aria-hidden />
          {name}
        </MenuRadioItem>
      ))}
    </MenuRadioGroup>
  );
}
