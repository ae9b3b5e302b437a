import type { AccessLevel } from "../../access/access-level";
import type { EffectivePermissions, KeyType } from "../../access/effective-permissions";
import { effectivePermissions } from "../../access/effective-permissions";
import type { Namespace } from "../../access/namespace";
import type { KeyCreators } from "../../access/permission";
import type { Role } from "../../access/role";
import { deeplyFrozen } from "../../json/deeply-frozen";
import type { KeySnapshot } from "../verdict";

/** The parts of a key that many keys share, and that a change elsewhere (to a level, role or setting) can affect. */
export type TermsOfKey = Pick<
  KeySnapshot,
  | ("organizationId" | "type" | "accessLevel" | "namespace" | "roles" | "creatorId" | "creatorLevel")
  | ("keyCreators" | "importsKeys" | "maximumLifetimeDays")
>;

/**
 * Terms shared by all keys for which they are equal, with values computed from them alone. Everything here is frozen.
 */
export class KeyTerms implements TermsOfKey {
  readonly organizationId: string;
  readonly type: KeyType;
  readonly accessLevel: AccessLevel;
  readonly namespace: Namespace;
  readonly roles: readonly Role[];
  readonly creatorId: string;
  readonly creatorLevel: AccessLevel | null;
  readonly keyCreators: KeyCreators;
  readonly importsKeys: boolean;
  readonly maximumLifetimeDays: number | null;
  /** True once any part has changed. A key must not be judged by stale terms. */
  isStale = false;
  /** How many keys of a table use these terms. */
  users = 0;
  #effective: EffectivePermissions | undefined;
  #roleIds: readonly string[] | undefined;

  constructor(key: TermsOfKey) {
    this.organizationId = key.organizationId;
    this.type = key.type;
    this.accessLevel = key.accessLevel;
    this.namespace = Object.freeze({ ...key.namespace });
    this.roles = key.roles;
    this.creatorId = key.creatorId;
    this.creatorLevel = key.creatorLevel;
    this.keyCreators = key.keyCreators;
    this.importsKeys = key.importsKeys === true;
    this.maximumLifetimeDays = key.maximumLifetimeDays;
  }

  get effective(): EffectivePermissions {
    this.#effective ??= deeplyFrozen(effectivePermissions(this));
    return this.#effective;
  }

  get roleIds(): readonly string[] {
    this.#roleIds ??= Object.freeze(this.roles.map(({ id }) => id));
    return this.#roleIds;
  }
}
