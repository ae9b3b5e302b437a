/** The sections of the quickstart, in order. */
export const quickstartSteps = [
  { id: "first-key", title: "Generate your first key" },
  { id: "first-verification", title: "Verify a key with curl" },
  { id: "node-client", title: "Verify a key in Node.js" },
  { id: "middleware", title: "Protect your API with the middleware" },
  { id: "customer-keys", title: "Give a customer a key" },
  { id: "next-steps", title: "Next steps" },
] as const;

export type QuickstartStep = (typeof quickstartSteps)[number]["id"];
