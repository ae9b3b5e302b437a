/** The state of the page's connection to the server. */
export type Connection = {
  /** The server cannot be reached; `offline` if the browser says that this device has no network. */
  readonly lost: "offline" | "unreachable" | null;
  /** Whether requests for page data are waiting, to be sent again automatically. */
  readonly waits: boolean;
  /** Whether a request for page data takes so long that people may want to retry. */
  readonly late: boolean;
  /** When the current page arrived, in milliseconds. */
  readonly answeredAt: number;
  /** Whether the server runs another version than the one this page came from. */
  readonly updated: boolean;
};

let now: Connection = { lost: null, waits: false, late: false, answeredAt: 0, updated: false };
let losses = 0;
const listeners = new Set<() => void>();
/** Retries for requests that wait for the server to be reachable again, or are late. */
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
   * Call it when a request is sent, and the returned function when the response arrives. A response to a request sent
   * before the connection was lost does not count as a reconnect.
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
  /** Resolves when it is worth trying again. */
  untilRetry: () =>
    new Promise<void>((resolve) => {
      const go = () => {
        waiting.delete(go);
        clearTimeout(timer);
        resolve();
      };
      // The browser reports when the network is back; nothing reports that the server is, so poll.
      const timer = setTimeout(() => navigator.onLine && go(), retryMs);
      waiting.add(go);
      if (now.lost !== null) change({ waits: true });
    }),
  /**
   * Call it when page data is requested, and `done` when it has arrived. After ten seconds the request counts as late;
   * `again` then resolves when the person retries.
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
  /** Retries everything that is waiting. Returns whether anything was. */
  retry: () => {
    const all = [...waiting];
    for (const go of all) go();
    return all.length > 0;
  },
};

const retryMs = 5_000;
/** A healthy server answers sooner than this. */
const lateMs = 10_000;
