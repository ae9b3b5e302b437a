// Loaded into a server that a test started (--import): the test controls its clock. The offset arrives over the child's
// IPC channel, so the product itself has no such hook.
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
// The channel must not keep an idle server alive, and a server must not outlive the test that started it.
process.channel.unref();
process.on("disconnect", () => process.exit(1));
