/** How one client that verifies in process reacted to a change in its organization. */
export type ClientOutcome = {
  readonly organizationId: string;
  /** The key with which it reads the organization's keys; 16 characters. */
  readonly keyId: string;
  readonly name: string;
  /** The address from which it opened its stream. */
  readonly address: string | null;
  /**
   * It has forgotten the changed keys, or its lease has expired since, or it had none. In each case it answers nothing
   * from its copies.
   */
  readonly state: "acknowledged" | "lease_ended" | "no_lease";
};

/** The outcomes of one node's clients for the changes after `after`, up to `through`. */
export type HeardClients = {
  readonly after: bigint;
  readonly through: bigint;
  readonly clients: readonly ClientOutcome[];
};

/** The outcomes of one organization's clients at one node: those that a receipt lists, and how many there were. */
export type HeardInOrganization = {
  readonly listed: readonly Omit<ClientOutcome, "organizationId">[];
  readonly total: number;
  readonly acknowledged: number;
};

/** Few enough to show on a page, and for a change in an organization with a thousand clients to stay small. */
export const mostListed = 100;

/** Sorts clients that did not simply acknowledge first, since those matter to readers. */
export function unusualFirst<T extends { readonly state: string }>(all: readonly T[]): T[] {
  const isUsual = ({ state }: T) => state === "acknowledged";
  return [...all.filter((each) => !isUsual(each)), ...all.filter(isUsual)];
}

export function heardIn(clients: readonly ClientOutcome[], organization: string): HeardInOrganization {
  const own = clients.filter(({ organizationId }) => organizationId === organization);
  const listed = unusualFirst(own).slice(0, mostListed);
  return {
    listed: listed.map(({ keyId, name, address, state }) => ({ keyId, name, address, state })),
    total: own.length,
    acknowledged: own.filter(({ state }) => state === "acknowledged").length,
  };
}
