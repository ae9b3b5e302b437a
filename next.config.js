// Security headers and the CSP nonce are set per request in proxy.ts.
/** @type {import("next").NextConfig} */
export default {
  // These load WebAssembly or native code by path, which a bundler breaks.
  serverExternalPackages: [
    "@node-rs/argon2",
    // Loaded with the first new password, once for the process.
    "@zxcvbn-ts/core",
    "@zxcvbn-ts/language-common",
    "fs-native-extensions",
    "nodemailer",
    "pino",
  ],
  // No page has a picture that would have to be made smaller: nobody may have one made.
  images: { unoptimized: true },
  // Or it is searched for upwards, by lock files, and one in a home directory is taken for it.
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  reactStrictMode: true,
  // An action's arguments can hold a password; nothing of them may reach a log.
  logging: { serverFunctions: false, incomingRequests: false },
  devIndicators: false,
  // Linting and types have their own command (npm run check); a build repeats neither.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    serverActions: { bodySizeLimit: "64kb" },
    optimizePackageImports: ["lucide-react", "radix-ui"],
  },
};
