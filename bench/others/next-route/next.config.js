import { resolve } from "node:path";

export default {
  turbopack: { root: resolve(import.meta.dirname, "../../..") },
  serverExternalPackages: ["pg", "@prisma/adapter-pg", "@prisma/client"],
  poweredByHeader: false,
};
