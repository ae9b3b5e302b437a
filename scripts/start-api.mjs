import { prepare, root } from "./prepare.mjs";

process.chdir(root);
process.env.NODE_ENV = "production";
prepare({ build: "api" });
await import("../dist/api-server.mjs");
