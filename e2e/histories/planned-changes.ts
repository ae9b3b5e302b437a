import { randomUUID } from "node:crypto";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { value } from "@/e2e/support/data/test-organization";
import { giveTestGrant } from "@/e2e/support/data/test-resources";
import type { Resource } from "@/lib/core/access/resource";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { Result } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { changeGrant } from "@/lib/services/grants/change-grant";
import { takeGrant } from "@/lib/services/grants/take-grant";
import { rollKey } from "@/lib/services/keys/roll-key";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { createRole } from "@/lib/services/roles/create-role";
import { updateRole } from "@/lib/services/roles/update-role";
import { changeMany } from "./change-many";
import { importAndEnd } from "./import-and-end";
import { newAdmin } from "./new-admin";
import { changeOwner, longAgo, pauseAndResume, shortenAndExtend } from "./reversible-changes";
import type { Answered, AskNode, Step } from "./step";
import type { Check } from "./verification-load";

/**
 * Every entry point and verb that can affect a verdict: through the API where a program has it, otherwise the verb that
 * the dashboard calls. Each creates what it needs and returns its steps, which follow each other.
 */
export class PlannedChanges {
  readonly #organization: TestOrganization;
  readonly #callerToken: string;
  readonly #askNode: AskNode;
  readonly #checks: Check[];

  /** @param checks receives the checks of the planned changes */
  constructor(organization: TestOrganization, callerToken: string, askNode: AskNode, checks: Check[]) {
    this.#organization = organization;
    this.#callerToken = callerToken;
    this.#askNode = askNode;
    this.#checks = checks;
  }

  /** Chains with this many steps, or a few more. */
  async take(steps: number): Promise<(readonly Step[])[]> {
    const chains: (readonly Step[])[] = [];
    let taken = 0;
    for await (const chain of this.#chains()) {
      chains.push(chain);
      taken += chain.length;
      if (taken >= steps) break;
    }
    return chains;
  }

  /** The weights roughly follow real life: keys end more often than people leave. */
  async *#chains(): AsyncGenerator<readonly Step[]> {
    const kinds = [this.#revoke, this.#delete, this.#roll, this.#endGrace, this.#demoteAndRaise];
    const others = [
      this.#remove,
      this.#editRole,
      this.#lessRoles,
      this.#takeGrant,
      this.#deleteApp,
      this.#replaceAndSupersede,
      this.#pauseAndResume,
      this.#changeOwner,
      this.#changeMany,
    ];
    yield await this.#setting();
    yield shortenAndExtend(this.#organization, await this.#key("users:read", { createdAt: longAgo }));
    for (;;) {
      yield importAndEnd(this.#askNode, this.#callerToken, this.#checks);
      for (const make of [...kinds, this.#revoke, ...others, this.#roll, this.#revoke]) {
        yield await make.call(this);
      }
    }
  }

  async #revoke(): Promise<Step[]> {
    const { id, checks } = await this.#key("users:read");
    const perform = () => this.#askNode("POST", `/v1/keys/${formatKeyId(id)}/revoke`);
    return [{ kind: "revoke", alters: checks, verdict: "REVOKED", perform }];
  }

  async #pauseAndResume(): Promise<Step[]> {
    return pauseAndResume(this.#askNode, await this.#key("users:read"));
  }

  async #changeOwner(): Promise<Step[]> {
    return changeOwner(this.#askNode, await this.#key("users:read"));
  }

  async #changeMany(): Promise<Step[]> {
    return changeMany(this.#organization, await Promise.all([1, 2, 3].map(() => this.#key("users:read"))));
  }

  async #delete(): Promise<Step[]> {
    const { id, checks } = await this.#key("users:read");
    const perform = () => this.#askNode("DELETE", `/v1/keys/${formatKeyId(id)}`);
    return [{ kind: "delete", alters: checks, verdict: "REVOKED", perform }];
  }

  async #roll(): Promise<Step[]> {
    const { id, checks } = await this.#key("users:read");
    return [{ kind: "roll", alters: checks, verdict: "ROLLED", perform: () => this.#rollNow(id) }];
  }

  /** The check verifies the old secret, which works until it is ended. */
  async #endGrace(): Promise<Step[]> {
    const { id, checks } = await this.#rollingKey();
    const perform = () => this.#askNode("POST", `/v1/keys/${formatKeyId(id)}/end-grace`, {});
    return [{ kind: "end grace", alters: checks, verdict: "ROLLED", perform }];
  }

  /** The old secret survives the replacement of a secret nobody received, but not the next roll. */
  async #replaceAndSupersede(): Promise<Step[]> {
    const { id, checks: alters } = await this.#rollingKey();
    const replace = () => this.#rollNow(id, { version: 2, replace_unused: true });
    const supersede = () => this.#rollNow(id, { version: 3, grace_seconds: 0, supersede: true });
    return [
      { kind: "replace unused secret", alters, verdict: "VALID", perform: replace },
      { kind: "supersede", alters, verdict: "ROLLED", perform: supersede },
    ];
  }

  async #rollingKey() {
    const key = await this.#key("users:read");
    const owner = await this.#organization.as("OWNER");
    value(await rollKey(owner, { keyId: key.id, graceSeconds: 3600, version: 1 }));
    return key;
  }

  #rollNow(id: string, body: object = { grace_seconds: 0 }): Promise<Answered> {
    return this.#askNode("POST", `/v1/keys/${formatKeyId(id)}/roll`, body);
  }

  async #demoteAndRaise(): Promise<Step[]> {
    const creatorId = await newAdmin(this.#organization.id);
    const keys = await Promise.all([1, 2].map(() => this.#key("applications:create", { creatorId })));
    const alters = keys.flatMap(({ checks }) => checks);
    const become = (access_level: string) => () =>
      this.#askNode("PATCH", `/v1/users/${creatorId}`, { access_level });
    return [
      { kind: "demote", alters, verdict: "INSUFFICIENT_PERMISSIONS", perform: become("MEMBER") },
      { kind: "raise", alters, verdict: "VALID", perform: become("ADMIN") },
    ];
  }

  async #remove(): Promise<Step[]> {
    const creatorId = await newAdmin(this.#organization.id);
    const keys = await Promise.all([1, 2].map(() => this.#key("users:read", { creatorId })));
    const alters = keys.flatMap(({ checks }) => checks);
    const perform = () => this.#askNode("DELETE", `/v1/users/${creatorId}`);
    return [{ kind: "remove", alters, verdict: "REVOKED", perform }];
  }

  async #editRole(): Promise<Step[]> {
    const roleId = `role_${randomUUID().replaceAll("-", "")}`;
    const words = { roleId, title: "Analysts", description: "", publishable: false };
    const owner = () => this.#organization.as("OWNER");
    const [all, less] = [["intelligence:read", "intelligence:write"], ["intelligence:read"]] as const;
    value(await createRole(await owner(), { ...words, permissions: [...all] }));
    const { checks } = await this.#key("intelligence:write", { roles: [roleId] });
    const give = (permissions: readonly string[], before: readonly string[]) => async () => {
      const input = { ...words, permissions: [...permissions] };
      return done(
        await updateRole(await owner(), { ...input, seen: { ...words, permissions: [...before] } }),
      );
    };
    return [
      { kind: "edit role", alters: checks, verdict: "INSUFFICIENT_PERMISSIONS", perform: give(less, all) },
      { kind: "edit role back", alters: checks, verdict: "VALID", perform: give(all, less) },
    ];
  }

  async #lessRoles(): Promise<Step[]> {
    const { id, checks } = await this.#key("applications:create");
    const perform = () => this.#askNode("PATCH", `/v1/keys/${formatKeyId(id)}`, { roles: ["read_only"] });
    return [{ kind: "less roles", alters: checks, verdict: "INSUFFICIENT_PERMISSIONS", perform }];
  }

  async #takeGrant(): Promise<Step[]> {
    const creatorId = await newAdmin(this.#organization.id);
    const resource = await this.#application();
    await giveTestGrant(this.#organization, creatorId, resource, "ADMIN");
    const { checks } = await this.#key("workspaces:create", { creatorId, namespace: resource });
    const owner = () => this.#organization.as("OWNER");
    const input = { resource, userId: creatorId, transfers: [] };
    const lower = async () => done(await changeGrant(await owner(), { ...input, accessLevel: "MEMBER" }));
    const take = async () => done(await takeGrant(await owner(), input));
    return [
      { kind: "lower grant", alters: checks, verdict: "INSUFFICIENT_PERMISSIONS", perform: lower },
      { kind: "take grant", alters: checks, verdict: "REVOKED", perform: take },
    ];
  }

  async #deleteApp(): Promise<Step[]> {
    const namespace = await this.#application();
    const creatorId = this.#organization.userIds.OWNER;
    await giveTestGrant(this.#organization, creatorId, namespace, "OWNER");
    const { checks } = await this.#key("workspaces:create", { creatorId, namespace });
    const perform = () => this.#askNode("DELETE", `/v1/apps/${namespace.id}`);
    return [{ kind: "delete application", alters: checks, verdict: "REVOKED", perform }];
  }

  /** The setting affects the whole organization, so there is only one such chain. */
  async #setting(): Promise<Step[]> {
    const { id } = this.#organization;
    await database().organization.update({ where: { id }, data: { keyCreators: "ADMIN" } });
    const { checks } = await this.#key("keys:create");
    return (["OWNER", "ADMIN", "OWNER", "MEMBER", "OWNER"] as const).map((keyCreators) => ({
      kind: `key creators: ${keyCreators}`,
      alters: checks,
      verdict: keyCreators === "OWNER" ? "INSUFFICIENT_PERMISSIONS" : "VALID",
      perform: async () => {
        const owner = await this.#organization.as("OWNER");
        return done(await updateOrganization(owner, { name: owner.organization.name, keyCreators }));
      },
    }));
  }

  /** By default an ADMIN key of an ADMIN who does nothing else, and the check that verifies it. */
  async #key(
    permission: string,
    over: { creatorId?: string; namespace?: Resource; roles?: readonly string[]; createdAt?: Date } = {},
  ): Promise<TestKey & { readonly checks: readonly [number] }> {
    const creatorId = this.#organization.userIds.ADMIN;
    const key = await createTestKey(this.#organization, { accessLevel: "ADMIN", creatorId, ...over });
    this.#checks.push({ callerToken: this.#callerToken, token: key.token, permission });
    return { ...key, checks: [this.#checks.length - 1] };
  }

  async #application(): Promise<Resource> {
    const data = { organizationId: this.#organization.id, name: `App ${randomUUID()}` };
    const { id } = await database().application.create({ data });
    return { type: "application", id };
  }
}

/** Any outcome but success is a fault of the test, since the verbs do not depend on a node's network. */
function done(result: Result<unknown>): Answered {
  value(result);
  return true;
}
