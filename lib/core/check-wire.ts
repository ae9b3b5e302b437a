import { accessLevels } from "./access-level";
import { keyTypes } from "./effective-permissions";
import type { ServerLine, WireKey, WireTerms } from "./key-wire";
import { namespaceTypes } from "./namespace";
import { permissionPattern } from "./permission";
import { readTimeOrNull } from "./read-time";

/** 32 bytes in base64. */
const hashPattern = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Is this a key as the protocol has it, whatever the types of the program say? What is not understood is an error:
 * an end that was dropped on its way would be a key that never ends.
 *
 * @throws RangeError
 */
export function checkWireKey(wire: WireKey): WireKey {
  const [id, name, terms, expiresAt, revokedAt, deletedAt, secrets, mustAsk, allowedAddresses] = wire;
  expect(isText(id) && isText(name) && isCount(terms), "key");
  for (const time of [expiresAt, revokedAt, deletedAt]) expectTime(time);
  expect(typeof mustAsk === "boolean" && areTexts(allowedAddresses) && Array.isArray(secrets), "key");
  for (const [secretId, hash, pepperVersion, endsAt] of secrets) {
    expect(isText(secretId) && isText(hash) && hashPattern.test(hash) && isCount(pepperVersion), "secret");
    expectTime(endsAt);
  }
  return wire;
}

/** The same of what many keys have in common. @throws RangeError */
export function checkWireTerms(wire: WireTerms): WireTerms {
  const { type, accessLevel, namespace, roles, creatorId, creatorLevel, keyCreators } = wire;
  expect(keyTypes.includes(type) && accessLevels.includes(accessLevel), "level");
  expect(creatorLevel === null || accessLevels.includes(creatorLevel), "creator's level");
  expect(accessLevels.includes(keyCreators) && isText(creatorId), "creator");
  expect(namespaceTypes.includes(namespace[0]) && isText(namespace[1]), "namespace");
  for (const [id, publishable, permissions] of roles) {
    expect(isText(id) && typeof publishable === "boolean" && areTexts(permissions), "role");
    expect(
      permissions.every((permission) => permissionPattern.test(permission)),
      "permission",
    );
  }
  return wire;
}

type Changed = Extract<ServerLine, { changed: number }>;
type Lease = Extract<ServerLine, { lease: number }>;

/** What is to be forgotten: to acknowledge more than was understood would keep a revoked key alive. @throws RangeError */
export function checkChanged(line: Changed): Changed {
  const { changed, keyIds, userIds, all } = line;
  expect(isCount(changed) && areTexts(keyIds) && areTexts(userIds) && typeof all === "boolean", "change");
  return line;
}

/** @throws RangeError */
export function checkLease(line: Lease): Lease {
  expect(isCount(line.lease) && Number.isFinite(line.ms) && Number.isFinite(line.now), "lease");
  return line;
}

function expectTime(time: unknown): void {
  expect(time === null || typeof time === "number", "time");
  readTimeOrNull(time);
}

function expect(isRight: boolean, what: string): void {
  if (!isRight) throw new RangeError(`The server sent a ${what} that cannot be read`);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
