import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";

process.chdir(root);
await ensureSupportedNode();
process.env.NODE_ENV = "production";
prepare({ build: true });
await import("../dist/scripts/tokens-rotate.mjs");
