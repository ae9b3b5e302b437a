import type { ReactElement } from "react";
import type { Membership } from "@/lib/services/users/list-memberships";

/** The organizations to choose from, and the button that opens the switcher. */
export type OrganizationChoice = {
  readonly current: Membership;
  readonly memberships: readonly Membership[];
  readonly button: ReactElement;
};
