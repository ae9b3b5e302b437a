import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";

process.chdir(root);
await ensureSupportedNode();
process.env.NODE_ENV = "production";
prepare({ build: "api" });
await import("../dist/api-server.mjs");
