"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useId } from "react";
import {
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
} from "@/components/ui/overlay/dropdown-menu";

const themes = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "System", icon: Monitor },
] as const;

/** Rendered in an open menu, so only in the browser, which knows the current theme. */
export function ThemeChoice() {
  const { theme = "system", setTheme } = useTheme();
  const label = useId();
  return (
    <DropdownMenuRadioGroup aria-labelledby={label} value={theme} onValueChange={setTheme}>
      <DropdownMenuLabel id={label}>Theme</DropdownMenuLabel>
      {themes.map(({ value, label: name, icon: Icon }) => (
        // Keep the menu open so that people see the theme they chose.
        <DropdownMenuRadioItem key={value} value={value} onSelect={(event) => event.preventDefault()}>
          <Icon aria-hidden />
          {name}
        </DropdownMenuRadioItem>
      ))}
    </DropdownMenuRadioGroup>
  );
}
