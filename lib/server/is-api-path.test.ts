import { expect, test } from "vitest";
import { operations } from "@/lib/api/all-operations";
import { isApiPath } from "./is-api-path";

test("the API answers all of its addresses, and no page", () => {
  for (const { path } of operations) expect(isApiPath(`${path}?x=/`), path).toBe(true);
  for (const path of ["/", "/v1x", "/metrics/x", "/docs", "/acme/settings/api-keys?v1/", "//metrics"]) {
    expect(isApiPath(path), path).toBe(false);
  }
});
