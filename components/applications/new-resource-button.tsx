"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { type NewResource, useResources } from "./resources-context";

type NewResourceButtonProps = {
  place: NewResource;
  variant: "primary" | "secondary";
  children: ReactNode;
};

export function NewResourceButton({ place, variant, children }: NewResourceButtonProps) {
  const { openCreate } = useResources();
  return (
    <Button variant={variant} onClick={(event) => openCreate(place, event.currentTarget)}>
      {children}
    </Button>
  );
}
