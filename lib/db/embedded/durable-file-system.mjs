// @ts-check
import fs from "node:fs";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** @typedef {{ readonly mode?: number | null }} Attributes */
/** @typedef {(of: object, attributes: Attributes) => void} SetAttributes */
/**
 * @typedef {object} NodeOperations
 * @property {SetAttributes} setattr
 * @property {(parent: object, name: string, mode: number, device: number) => object} mknod
 */
/** @typedef {{ fsync?: (stream: { nfd: number }) => number; setattr: SetAttributes }} StreamOperations */
/** @typedef {{ NODEFS?: { node_ops: NodeOperations; stream_ops: StreamOperations } }} DatabaseModule */

/** Removes every right of other users to the database's files. */
const closed = ~0o077;

/**
 * PGlite's Node file system reports an fsync as done without doing it, and creates world-writable files, ignoring the
 * umask. This one does what PostgreSQL asks: what the database acknowledges survives a power failure, not just the end
 * of the process, and only this user has access to its files.
 */
export class DurableNodeFs extends NodeFS {
  /**
   * The last line of PostgreSQL's log that says why it ends.
   *
   * @type {string | undefined}
   */
  lastWords;

  /**
   * @override
   * @type {NodeFS["init"]}
   */
  async init(pg, options) {
    const initialized = await super.init(pg, options);
    initialized.emscriptenOpts.printErr = (/** @type {string} */ line) => {
      this.lastWords = /(?:PANIC|FATAL): .*/.exec(line)?.[0] ?? this.lastWords;
    };
    initialized.emscriptenOpts.preRun = [
      ...(initialized.emscriptenOpts.preRun ?? []),
      (/** @type {DatabaseModule} */ module) => {
        if (module.NODEFS === undefined)
          throw new Error("PGlite's file system has no place for fsync any more");
        const { node_ops: nodes, stream_ops: streams } = module.NODEFS;
        streams.fsync = (stream) => {
          fs.fsyncSync(stream.nfd);
          return 0;
        };
        streams.setattr = keptClosed(streams.setattr);
        nodes.setattr = keptClosed(nodes.setattr);
        const { mknod } = nodes;
        nodes.mknod = (parent, name, mode, device) => mknod(parent, name, mode & closed, device);
      },
    ];
    return initialized;
  }
}

/**
 * @param {SetAttributes} setattr
 * @returns {SetAttributes}
 */
function keptClosed(setattr) {
  return (of, attributes) => {
    const { mode } = attributes;
    setattr(of, mode === undefined || mode === null ? attributes : { ...attributes, mode: mode & closed });
  };
}
