import { accessLevels } from "../../access/access-level";
import { keyTypes } from "../../access/effective-permissions";
import { namespaceTypes } from "../../access/namespace";
import { permissionPattern } from "../../access/permission";
import { readTimeOrNull } from "../../read-time";
import { mostLifetimeDays } from "../effective-end";
import { metadataMaximumBytes } from "../key-metadata";
import { readMetadata } from "../read-metadata";
import type { SentKey, SentSecret, ServerLine, WireKey, WireSecret, WireTerms } from "./key-wire";

/** 32 bytes in base64. */
const hashPattern = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Decodes a key received from the server. Types do not protect against bad data, so every value is checked. An
 * unreadable value is an error: a key that lost its expiry would never expire.
 *
 * @throws RangeError
 */
export function readWireKey(wire: WireKey): SentKey {
  const [id, name, subject, metadata, terms, createdAt, expiresAt, pausedAt, ...rest] = wire;
  const [revokedAt, deletedAt, secrets, mustAsk, allowedAddresses] = rest;
  expect(isText(id) && isText(name) && isCount(terms), "key");
  expect(subject === null || isText(subject), "subject");
  expect(metadata === null || (isText(metadata) && metadata.length <= metadataMaximumBytes), "metadata");
  expect(createdAt !== null, "time");
  for (const time of [createdAt, expiresAt, pausedAt, revokedAt, deletedAt]) expectTime(time);
  expect(typeof mustAsk === "boolean" && areTexts(allowedAddresses) && Array.isArray(secrets), "key");
  return {
    id,
    name,
    subject,
    metadata: readMetadata(metadata),
    termsNumber: terms,
    createdAt,
    expiresAt,
    pausedAt,
    revokedAt,
    deletedAt,
    secrets: secrets.map(readWireSecret),
    mustAsk,
    allowedAddresses,
  };
}

function readWireSecret([id, hash, pepperVersion, endsAt, imported]: WireSecret): SentSecret {
  expect(isText(id) && isText(hash) && hashPattern.test(hash) && isCount(pepperVersion), "secret");
  expectTime(endsAt);
  expect(imported === undefined || imported === true, "secret");
  return { id, hash, pepperVersion, endsAt, imported: imported === true };
}

/** Checks the terms that many keys share. @throws RangeError */
export function checkWireTerms(wire: WireTerms): WireTerms {
  const { type, accessLevel, namespace, roles, creatorId, creatorLevel, keyCreators } = wire;
  const { maximumLifetimeDays } = wire;
  expect(keyTypes.includes(type) && accessLevels.includes(accessLevel), "level");
  expect(creatorLevel === null || accessLevels.includes(creatorLevel), "creator's level");
  expect(accessLevels.includes(keyCreators) && isText(creatorId), "creator");
  expect(maximumLifetimeDays === null || isLifetime(maximumLifetimeDays), "maximum lifetime");
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

/** Checks which keys to forget: acknowledging a half-read change would keep a revoked key alive. @throws RangeError */
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

function isLifetime(days: unknown): boolean {
  return isCount(days) && Number(days) >= 1 && Number(days) <= mostLifetimeDays;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
