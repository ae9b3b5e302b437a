"use client";

import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { useKeys } from "../list/keys-context";

/** Renders nothing if this person may not generate keys. */
export function GenerateKeyButton(props: Omit<ComponentProps<typeof Button>, "variant" | "onClick">) {
  const { openGenerate } = useKeys();
  if (openGenerate === null) return null;
  return <Button variant="primary" {...props} onClick={(event) => openGenerate(event.currentTarget)} />;
}
