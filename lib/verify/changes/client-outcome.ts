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
