import fs from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type Attributes = { readonly mode?: number | null };
type SetAttributes = (of: object, attributes: Attributes) => void;
type NodeOperations = {
  setattr: SetAttributes;
  mknod: (parent: object, name: string, mode: number, device: number) => object;
};
type StreamOperations = { fsync?: (stream: { nfd: number }) => number; setattr: SetAttributes };
type DatabaseModule = { NODEFS?: { node_ops: NodeOperations; stream_ops: StreamOperations } };

/** Removes every right of other users to the database's files. */
const closed = ~0o077;

/**
 * PGlite's Node file system reports an fsync as done without doing it, and creates world-writable files, ignoring the
 * umask. This one does what PostgreSQL asks: what the database acknowledges survives a power failure, not just the end
 * of the process, and only this user has access to its files.
 */
export class DurableNodeFs extends NodeFS {
  override async init(pg: PGlite, options: Parameters<NodeFS["init"]>[1]) {
    const initialized = await super.init(pg, options);
    initialized.emscriptenOpts.preRun = [
      ...(initialized.emscriptenOpts.preRun ?? []),
      (module: DatabaseModule) => {
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

function keptClosed(setattr: SetAttributes): SetAttributes {
  return (of, attributes) => {
    const { mode } = attributes;
    setattr(of, mode === undefined || mode === null ? attributes : { ...attributes, mode: mode & closed });
  };
}
