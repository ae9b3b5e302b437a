"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useId } from "react";
import {
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
} from "@/components/ui/dropdown-menu";

const themes = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "System", icon: Monitor },
] as const;

/** Rendered in a menu, so in the browser alone, which knows the choice. */
export function ThemeChoice() {
  const { theme = "system", setTheme } = useTheme();
  const label = useId();
  return (
    <DropdownMenuRadioGroup aria-labelledby={label} value={theme} onValueChange={setTheme}>
      <DropdownMenuLabel id={label}>Theme</DropdownMenuLabel>
      {themes.map(({ value, label: name, icon: Icon }) => (
        // Staying open lets one see what was chosen.
        <DropdownMenuRadioItem key={value} value={value} onSelect={(event) => event.preventDefault()}>
          <Icon aria-hidden />
          {name}
        </DropdownMenuRadioItem>
      ))}
    </DropdownMenuRadioGroup>
  );
}
