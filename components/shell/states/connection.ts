/** What this page knows about reaching its server. */
export type Connection = {
  /** The server cannot be reached; `offline` if the browser says that this device has no network. */
  readonly lost: "offline" | "unreachable" | null;
  /** Page data waits for the server, and is asked for again by itself. */
  readonly waits: boolean;
  /** Page data is on its way for so long that people may want to ask again. */
  readonly late: boolean;
  /** When the page that is shown arrived, in milliseconds. */
  readonly answeredAt: number;
  /** The server runs another version than the one that this page came from. */
  readonly updated: boolean;
};

let now: Connection = { lost: null, waits: false, late: false, answeredAt: 0, updated: false };
let losses = 0;
const listeners = new Set<() => void>();
/** Page data that is waiting for the server to be reachable again, or that is late. */
const waiting = new Set<() => void>();
let lateAnswers = 0;

function change(part: Partial<Connection>): void {
  now = { ...now, ...part };
  for (const listener of listeners) listener();
}

export const connection = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  read: () => now,
  /**
   * Call it when a request is sent, and the result when its answer is here. One that was on its way when the connection
   * was lost does not say that it is back.
   */
  ask: () => {
    const before = losses;
    return () => {
      if (losses === before) connection.find();
    };
  },
  // biome-ignore lint/plugin: people compare it with the clock on the same screen.
  show: () => change({ answeredAt: Date.now() }),
  lose: () => {
    losses += 1;
    change({ lost: navigator.onLine ? "unreachable" : "offline" });
  },
  find: () => {
    if (now.lost !== null) change({ lost: null, waits: false });
  },
  update: () => change({ updated: true }),
  /** Resolves when it is worth asking again. */
  untilRetry: () =>
    new Promise<void>((resolve) => {
      const go = () => {
        waiting.delete(go);
        clearTimeout(timer);
        resolve();
      };
      // Without a network the browser says when there is one; a server that is gone says nothing.
      const timer = setTimeout(() => navigator.onLine && go(), retryMs);
      waiting.add(go);
      if (now.lost !== null) change({ waits: true });
    }),
  /**
   * Call it when page data is asked for, and `done` when it is here. After a while it counts as late; `again` resolves
   * when somebody then asks for it once more.
   */
  watch: () => {
    let askAgain = () => {};
    const again = new Promise<void>((resolve) => {
      askAgain = resolve;
    });
    const count = (more: 1 | -1) => {
      lateAnswers += more;
      change({ late: lateAnswers > 0 });
    };
    const done = () => {
      clearTimeout(timer);
      if (waiting.delete(ask)) count(-1);
    };
    const ask = () => {
      done();
      askAgain();
    };
    const timer = setTimeout(() => {
      waiting.add(ask);
      count(1);
    }, lateMs);
    return { again, done };
  },
  /** Returns whether anything was waiting. */
  retry: () => {
    const all = [...waiting];
    for (const go of all) go();
    return all.length > 0;
  },
};

const retryMs = 5_000;
/** No page takes so long on a server that is well. */
const lateMs = 10_000;
