"use client";

import { Button } from "@/components/ui/button";
import { useRoles } from "../roles-context";

/** Renders nothing if this person may not manage roles. */
export function CreateRoleButton() {
  const { manageable, openCreate } = useRoles();
  if (!manageable) return null;
  return (
    <Button variant="primary" onClick={(event) => openCreate(event.currentTarget)}>
      Create role
    </Button>
  );
}
