import { setTimeout as sleep } from "node:timers/promises";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { log } from "@/lib/log";
import type { ChangeScope } from "../changes/change-scope";
import { isInScope } from "../changes/change-scope";
import { FairTurns } from "../limits/fair-turns";

/** Where the keys are read, and who receives them. */
type Ends = {
  readonly organizationId: string;
  /** The next page of sorted ids after this one: of all keys, or of those that this user created. */
  readonly list: (userId: string | null, after: string, limit: number) => Promise<readonly string[]>;
  readonly load: (keyIds: readonly string[]) => Promise<readonly KeySnapshot[]>;
  readonly sendKeys: (keys: readonly KeySnapshot[]) => void;
  readonly sendLoaded: () => void;
  /** Resolves when the socket can take more. */
  readonly room: () => Promise<void>;
};

const retryAfterMs = 500;

/**
 * One page at a time in the whole process, so that sending keys to clients does not starve verifications of the
 * database.
 */
const turns = new FairTurns(1);

/**
 * Sends all keys of an organization, then those that change, one page at a time and no faster than the receiver takes
 * them.
 *
 * A key is sent only if it was read after every change to it announced so far. If a change is announced while a page is
 * being read, the page is sent without the affected keys, and these are read again.
 */
export class SnapshotFeed {
  readonly #keyIds = new Set<string>();
  /** Users whose keys still have to be sent, each with the last id sent so far. */
  readonly #userIds = new Map<string, string>();
  /** The id of the last key sent while sending all keys; null when all have been sent. */
  #after: string | null = "";
  #isLoaded = false;
  #isEnded = false;
  #overtaking: ChangeScope[] | null = null;
  #wake: () => void = () => {};

  constructor(
    readonly ends: Ends,
    readonly pageSize = 200,
  ) {}

  /** Sends until `end` is called. */
  async run(): Promise<void> {
    while (!this.#isEnded) {
      try {
        await this.#sendNext();
      } catch (error) {
        log().warn(error, "keys could not be read for a client; trying again");
        await sleep(retryAfterMs);
      }
    }
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** Call it when the receiver drops these keys, so that they are sent again. */
  changed(scope: ChangeScope): void {
    this.#overtaking?.push(scope);
    if (scope.all) {
      this.#after = "";
      this.#keyIds.clear();
      this.#userIds.clear();
    } else {
      for (const keyId of scope.keyIds) this.#keyIds.add(keyId);
      for (const userId of scope.userIds) this.#userIds.set(userId, "");
    }
    this.#wake();
  }

  async #sendNext(): Promise<void> {
    const [user] = this.#userIds;
    if (this.#keyIds.size > 0) await this.#sendChanged();
    else if (user !== undefined) await this.#sendPageOf(user[0], user[1]);
    else if (this.#after !== null) await this.#sendPageOf(null, this.#after);
    else {
      if (!this.#isLoaded) this.ends.sendLoaded();
      this.#isLoaded = true;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async #sendChanged(): Promise<void> {
    const keyIds = [...this.#keyIds].slice(0, this.pageSize);
    await this.#read(
      async () => keyIds,
      (overtaking) => {
        const named = new Set(overtaking.flatMap((scope) => [...scope.keyIds]));
        for (const keyId of keyIds) if (!named.has(keyId)) this.#keyIds.delete(keyId);
      },
    );
  }

  async #sendPageOf(userId: string | null, after: string): Promise<void> {
    await this.#read(
      () => this.ends.list(userId, after, this.pageSize),
      (overtaking, keyIds) => {
        const last = keyIds.length < this.pageSize ? null : (keyIds.at(-1) ?? null);
        const isRestarted = overtaking.some(
          (scope) => scope.all || (userId !== null && scope.userIds.has(userId)),
        );
        if (isRestarted) return;
        if (userId === null) this.#after = last;
        else if (last === null) this.#userIds.delete(userId);
        else this.#userIds.set(userId, last);
      },
    );
  }

  /** @param done called after the read and before the send, with the changes announced during the read */
  async #read(
    list: () => Promise<readonly string[]>,
    done: (overtaking: readonly ChangeScope[], keyIds: readonly string[]) => void,
  ): Promise<void> {
    const overtaking: ChangeScope[] = [];
    this.#overtaking = overtaking;
    const reading = turns.take(this.ends.organizationId, async () => {
      const keyIds = this.#isEnded ? [] : await list();
      return { keyIds, found: keyIds.length === 0 ? [] : await this.ends.load(keyIds) };
    });
    const { keyIds, found } = await reading.finally(() => {
      this.#overtaking = null;
    });
    if (this.#isEnded) return;
    done(overtaking, keyIds);
    const keys = found.filter((key) => !overtaking.some((scope) => isInScope(scope, key)));
    if (keys.length > 0) this.ends.sendKeys(keys);
    await this.ends.room();
  }
}
