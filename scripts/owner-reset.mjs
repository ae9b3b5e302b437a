import { prepare, root } from "./prepare.mjs";

process.chdir(root);
process.env.NODE_ENV = "production";
prepare({ build: true });
await import("../dist/scripts/owner-reset.mjs");
