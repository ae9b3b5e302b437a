// Plain Node.js without packages: this runs first, in a clone that has nothing installed yet.
import { delimiter, dirname } from "node:path";
import { installNode } from "./install-node.mjs";
import { runNode } from "./run-node.mjs";

/** Set in the environment of the process that replaces this one. */
const mark = "LATCHKEY_STARTED_BY_RUNTIME";

/**
 * Returns if this Node.js gets security fixes. Node.js below 22 does not: then it fetches Node.js 24, starts the same
 * program under it, and forwards signals and the exit code. If there is no Node.js 24 for this platform, or no network,
 * the program continues under the current one and says so.
 *
 * @param {{ isRequired?: boolean }} [how] isRequired: stop instead, because the program does not run below 22
 */
export async function ensureSupportedNode({ isRequired = false } = {}) {
  if (process.env[mark] !== undefined) {
    delete process.env[mark];
    endWithParent();
    return;
  }
  const choice = process.env.LATCHKEY_NODE;
  if (choice !== undefined && choice !== "system") {
    process.stderr.write(`LATCHKEY_NODE must be "system" or unset, not "${choice}".\n`);
    process.exit(1);
  }
  if (Number.parseInt(process.versions.node, 10) >= 22) return;
  if (choice === "system") return goOn("LATCHKEY_NODE=system", isRequired);
  const { node, failure } = installNode();
  if (node === undefined) return goOn(failure, isRequired);
  // Programs started by name, such as npm, use it too.
  process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`;
  process.env[mark] = "1";
  await runNode([...process.execArgv, ...process.argv.slice(1)], { node, lifeline: true });
}

function goOn(why, isRequired) {
  const given = process.versions.node;
  if (isRequired) {
    process.stderr.write(`This command needs Node.js 22 or later, and this is ${given}: ${why}.\n`);
    process.exit(1);
  }
  process.stderr.write(
    `Running on Node.js ${given}, which gets no security fixes any more: ${why}. ` +
      "Node.js 22 or later runs as it is.\n",
  );
}

/** A parent that was killed cannot forward a signal, but its channel closes in any case. */
function endWithParent() {
  if (process.channel === undefined) return;
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // The channel only signals the parent's end: it must not keep this process alive, and nothing may write to it.
  process.channel.unref();
  process.send = undefined;
}
