import { checkChanged, checkLease } from "@/lib/core/keys/wire/check-wire";
import type { ServerLine } from "@/lib/core/keys/wire/key-wire";
import { longestToken } from "@/lib/token/imported-token";
import type { Server } from "./ask-server";
import { Copies } from "./copies";
import { KeyConnection } from "./key-connection";
import type { KnownToken } from "./known-token";
import { unknown } from "./known-token";
import type { Demand } from "./latchkey";
import { LatchkeyError } from "./latchkey-error";
import type { Verification } from "./verification";

type Moment = { readonly monotonic: number; readonly wall: number };

const never: Moment = { monotonic: 0, wall: 0 };
/** A lease is given up this long before it ends, to allow for clock drift. */
const marginMs = 50;
const reportEveryMs = 1000;
const usesInLine = 500;
const firstPauseMs = 250;
const longestPauseMs = 15_000;
/** A timer cannot wait longer. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * The organization's keys in this process, kept up to date by a stream from the server.
 *
 * It gives verdicts only under a lease. A lease starts when its renewal was *sent* and lasts as long as the server
 * granted, less a margin. It holds only while both clocks say so: the monotonic one, and the wall clock, which jumps
 * ahead after a machine has slept. A request that revokes a key returns once this process has forgotten the key or its
 * lease has ended, so from then on no verdict here uses the old state.
 */
export class LocalKeys {
  readonly #server: Server;
  #copies: Copies | null = null;
  #trust = never;
  /** The wall clock, this process's clock and the server's at the last look at the clocks, in milliseconds. */
  #wall = -1;
  #at = 0;
  #now = 0;
  /** Added to performance.now(), this gives the server's clock, or at most a round trip more. */
  #serverClock = 0;
  #connection: KeyConnection | null = null;
  #renewals = new Map<number, Moment>();
  #renewal = 0;
  #isLoaded = false;
  #isClosed = false;
  #pauseMs = firstPauseMs;
  #reported = 0;
  #used: KnownToken[] = [];
  #waiting = new Set<() => void>();
  /** Why the server grants no lease, if it said so. */
  #refusal: LatchkeyError | null = null;
  /** What broke the last connection, if it was an error. */
  #fault: Error | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#connect();
  }

  /** Would a known key be verified here right now? */
  get isTrusted(): boolean {
    return performance.now() < this.#trust.monotonic && Date.now() < this.#trust.wall;
  }

  /**
   * Resolves once all keys are here under a lease.
   *
   * @throws LatchkeyError after `timeoutMs`; when Latchkey refuses the service's own key or speaks another version of
   * the stream, in which case the client keeps trying to connect; or when `close` was called
   */
  async ready(timeoutMs = Number.POSITIVE_INFINITY): Promise<void> {
    const end = performance.now() + timeoutMs;
    while (!(this.#isLoaded && this.isTrusted)) {
      if (this.#isClosed) throw new LatchkeyError("closed", "This client was closed.");
      if (this.#refusal !== null) throw this.#refusal;
      const leftMs = end - performance.now();
      if (!(leftMs > 0)) {
        const why = `Latchkey did not send the keys within ${timeoutMs} ms. Verifications go over HTTP until it does.`;
        throw new LatchkeyError("unavailable", why, { cause: this.#fault });
      }
      await this.#next(leftMs);
    }
  }

  /**
   * Waits for news. The timer keeps the process running: the reconnect timer does not, and without either, a program
   * that only waits would exit silently.
   */
  #next(longestMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(Math.ceil(longestMs), longestTimerMs));
      this.#waiting.add(wake);
    });
  }

  /** The verdict, if it can be given here; undefined: ask the server. */
  judge(token: string, demand: Demand): Verification | undefined {
    // While the wall clock shows the same millisecond, the last look is less than one millisecond old.
    if (Date.now() !== this.#wall && !this.#look()) return undefined;
    if (token.length > longestToken) return undefined;
    const known = this.#copies?.find(token, this.#now);
    if (known === undefined) return undefined;
    if (known === null) return unknown;
    const verification = known.judge(demand, this.#now);
    if (verification === undefined) return undefined;
    if (known.count(verification.code, this.#at, demand.ip)) this.#used.push(known);
    return verification;
  }

  /** Looks at both clocks: is there a lease? If not, the next call looks again. */
  #look(): boolean {
    const at = performance.now();
    const wall = Date.now();
    if (at >= this.#trust.monotonic || wall >= this.#trust.wall) return false;
    this.#wall = wall;
    this.#at = Math.floor(at);
    this.#now = at + this.#serverClock;
    return true;
  }

  /** Sets the lease and discards the last look at the clocks, which was for the old lease. */
  #setTrust(trust: Moment): void {
    this.#trust = trust;
    this.#wall = -1;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#setTrust(never);
    this.#copies = null;
    this.#wakeWaiting();
    const connection = this.#connection;
    if (connection?.isGreeted) this.#report(connection);
    await connection?.end();
  }

  #connect(): void {
    if (this.#isClosed) return;
    this.#renewals.clear();
    this.#reported = performance.now();
    const connection = new KeyConnection(this.#server, {
      onLine: (line) => this.#hear(connection, line),
      onBeat: () => this.#beat(connection),
      onRefused: (why) => this.#refused(why),
      onLost: (fault) => this.#lost(fault),
    });
    this.#connection = connection;
  }

  /** The lease stays valid until it expires: the server waits for that, whatever happened to the connection. */
  #lost(fault: Error | undefined): void {
    this.#connection = null;
    this.#fault = fault;
    const pauseMs = this.#pauseMs * (0.5 + Math.random());
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    setTimeout(() => this.#connect(), pauseMs).unref();
  }

  /** The refusal may be lifted at any time, so the client keeps trying to connect. Until then it verifies over HTTP. */
  #refused(why: string): void {
    this.#refusal = new LatchkeyError("refused", why);
    this.#pauseMs = longestPauseMs;
    this.#wakeWaiting();
  }

  #beat(connection: KeyConnection): void {
    const renewal = ++this.#renewal;
    this.#renewals.set(renewal, { monotonic: performance.now(), wall: Date.now() });
    connection.send({ renew: renewal });
    if (performance.now() - this.#reported >= reportEveryMs) this.#report(connection);
  }

  #report(connection: KeyConnection): void {
    this.#reported = performance.now();
    const uses = this.#used.flatMap((known) => known.takeUses(this.#reported));
    this.#used = [];
    for (let start = 0; start < uses.length; start += usesInLine) {
      connection.send({ used: uses.slice(start, start + usesInLine) });
    }
  }

  #hear(connection: KeyConnection, line: ServerLine): void {
    if (this.#isClosed) return;
    if ("hello" in line) this.#begin(line);
    else if ("terms" in line) this.#copies?.addTerms(line.terms);
    else if ("keys" in line) this.#copies?.add(line.keys);
    else if ("changed" in line) {
      this.#forget(checkChanged(line));
      connection.send({ acknowledged: line.changed });
    } else if ("lease" in line) this.#renewed(checkLease(line));
    else if ("loaded" in line) this.#isLoaded = true;
    else this.#ended(connection);
    if (this.#isLoaded && this.isTrusted) this.#wakeWaiting();
  }

  /** Discards what an earlier stream sent: the new one does not say what changed in between. */
  #begin(hello: Extract<ServerLine, { hello: number }>): void {
    this.#setTrust(never);
    this.#refusal = null;
    this.#isLoaded = false;
    this.#copies = new Copies(hello);
  }

  #forget(line: Extract<ServerLine, { changed: number }>): void {
    if (line.all) this.#copies?.forgetAll();
    for (const keyId of line.keyIds) this.#copies?.forget(keyId);
    this.#copies?.forgetOf(new Set(line.userIds));
  }

  #renewed({ lease, ms, now }: Extract<ServerLine, { lease: number }>): void {
    const sent = this.#renewals.get(lease);
    for (const renewal of this.#renewals.keys()) if (renewal <= lease) this.#renewals.delete(renewal);
    if (sent === undefined || !(ms > marginMs)) return;
    const lastsMs = ms - marginMs;
    this.#serverClock = now - sent.monotonic;
    this.#setTrust({ monotonic: sent.monotonic + lastsMs, wall: sent.wall + lastsMs });
    this.#pauseMs = firstPauseMs;
  }

  #ended(connection: KeyConnection): void {
    this.#setTrust(never);
    this.#copies = null;
    this.#report(connection);
    void connection.end();
  }

  #wakeWaiting(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
