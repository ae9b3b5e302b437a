import type { ComponentProps } from "react";
import { Input } from "@/components/ui/input";

/** Narrows a list that is on the page already. */
export function FilterInput(props: Omit<ComponentProps<typeof Input>, "type" | "className">) {
  return (
    <Input
      type="search"
      autoComplete="off"
      spellCheck={false}
      className="[&::-webkit-search-cancel-button]:hidden"
      {...props}
    />
  );
}
