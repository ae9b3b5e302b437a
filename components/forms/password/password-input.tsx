"use client";

import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** A password field with a button that shows what is typed. */
export function PasswordInput(props: Omit<ComponentProps<typeof Input>, "type" | "className">) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input
        type={shown ? "text" : "password"}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className="pr-16 sm:pr-14"
        {...props}
      />
      {/* The label does not say "password", so that it cannot be confused with the field's. */}
      <Button
        variant="ghost"
        size="small"
        title="Show or hide the characters"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute! inset-y-0 right-1 my-auto max-sm:h-9"
      >
        Show
      </Button>
    </div>
  );
}
