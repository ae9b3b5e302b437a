import type { ComponentProps } from "react";
import { Input } from "@/components/ui/input";

/** A search box for a list that is already on the page. */
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
