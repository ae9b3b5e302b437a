"use client";

import { Button } from "@/components/ui/button";
import { useRoles } from "./roles-context";

/** Not there for who may not manage roles. */
export function CreateRoleButton() {
  const { manageable, openCreate } = useRoles();
  if (!manageable) return null;
  return (
    <Button variant="primary" onClick={(event) => openCreate(event.currentTarget)}>
      Create role
    </Button>
  );
}
