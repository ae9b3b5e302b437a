import fs from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type StreamOperations = { fsync?: (stream: { nfd: number }) => number };
type DatabaseModule = { NODEFS?: { stream_ops: StreamOperations } };

/**
 * PGlite's Node file system answers fsync without doing it. This one does it: what the database
 * acknowledges survives the loss of power, not just of the process.
 */
export class DurableNodeFs extends NodeFS {
  override async init(pg: PGlite, options: Parameters<NodeFS["init"]>[1]) {
    const initialized = await super.init(pg, options);
    initialized.emscriptenOpts.preRun = [
      ...(initialized.emscriptenOpts.preRun ?? []),
      (module: DatabaseModule) => {
        if (module.NODEFS === undefined)
          throw new Error("PGlite's file system has no place for fsync any more");
        module.NODEFS.stream_ops.fsync = (stream) => {
          fs.fsyncSync(stream.nfd);
          return 0;
        };
      },
    ];
    return initialized;
  }
}
