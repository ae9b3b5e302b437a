// The exports of `@latchkey/client`. The middlewares have their own entry points, such as `@latchkey/client/hono`.
export type { Limit } from "@/lib/core/access/effective-permissions";
export type { Namespace } from "@/lib/core/access/namespace";
export type { Permission } from "@/lib/core/access/permission";
export type { RefusedCode } from "@/lib/core/keys/verification";
export type { LatchkeyOptions } from "./create-latchkey";
export { createLatchkey } from "./create-latchkey";
export type { Demand, Latchkey, ReadyOptions } from "./latchkey";
export type { LatchkeyErrorCode } from "./latchkey-error";
export { LatchkeyError } from "./latchkey-error";
export type { KnownKey, Metadata, ValidVerification, Verification } from "./verification";
export { verificationOf } from "./verification-of";
