/** What became of one client that verifies in process, at a change in its organization. */
export type ClientOutcome = {
  readonly organizationId: string;
  /** The key that it reads the organization's keys with; 16 characters. */
  readonly keyId: string;
  readonly name: string;
  /** Where it opened its stream from. */
  readonly address: string | null;
  /**
   * It has forgotten the keys that the change names, or its lease has run out since, or it held none: it then answers from
   * nothing that it has copied.
   */
  readonly state: "acknowledged" | "lease_ended" | "no_lease";
};

/** What became of the clients of one node at the changes after `after`, up to `through`. */
export type HeardClients = {
  readonly after: bigint;
  readonly through: bigint;
  readonly clients: readonly ClientOutcome[];
};

/** Of the clients of one organization at one node: those that a receipt lists, and how many there were. */
export type HeardInOrganization = {
  readonly listed: readonly Omit<ClientOutcome, "organizationId">[];
  readonly total: number;
  readonly acknowledged: number;
};

/** A page can show so many, and a change in an organization with a thousand clients stays small. */
export const mostListed = 100;

/** Those that did not simply acknowledge are what a reader looks for. */
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
