import type { ReactElement } from "react";
import type { Membership } from "@/lib/services/users/list-memberships";

/** What the switcher chooses from, and the button that opens it. */
export type OrganizationChoice = {
  readonly current: Membership;
  readonly memberships: readonly Membership[];
  readonly button: ReactElement;
};
