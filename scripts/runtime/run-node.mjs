import { spawn } from "node:child_process";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a program under Node.js in place of this process, with the same input, output, signals and exit. Never returns.
 *
 * @param {string[]} args flags of Node.js, the program, and its arguments
 * @param {{ node?: string, env?: Record<string, string | undefined>, lifeline?: boolean }} [how] lifeline: opens a
 *   channel that tells the program when this process is gone
 * @returns {Promise<never>}
 */
export function runNode(args, { node = process.execPath, env = process.env, lifeline = false } = {}) {
  const stdio = ["inherit", "inherit", "inherit", ...(lifeline ? ["ipc"] : [])];
  const child = spawn(node, args, { env, stdio });
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  return new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (signal === null) process.exit(code);
      for (const each of signals) process.off(each, forward);
      process.kill(process.pid, signal);
    });
  });
}
