import { z } from "zod";

export const ipAddress = z.union(
  [z.ipv4().meta({ format: "ipv4" }), z.ipv6().meta({ format: "ipv6" })],
  "This is not an IP address",
);
