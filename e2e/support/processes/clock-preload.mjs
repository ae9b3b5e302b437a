// Loaded into a server that a test started (--import): time passes there as the test says. The offset
// comes over the child's IPC channel, so the product itself has no such door.
const SystemDate = Date;
let offsetMs = 0;
let stoppedAt;

const now = () => stoppedAt ?? SystemDate.now() + offsetMs;

globalThis.Date = new Proxy(SystemDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new SystemDate(now()).toString(),
  get: (target, property) => (property === "now" ? now : Reflect.get(target, property)),
});
SystemDate.prototype.constructor = globalThis.Date;

process.on("message", (message) => {
  if (typeof message?.clockOffsetMs !== "number") return;
  offsetMs = message.clockOffsetMs;
  stoppedAt = message.isStopped ? SystemDate.now() + offsetMs : undefined;
  process.send({ clockOffsetMs: offsetMs });
});
// The channel must not keep a server alive that has nothing left to do, and a server must not outlive
// the test that started it.
process.channel.unref();
process.on("disconnect", () => process.exit(1));
