import { expect, test } from "vitest";
import { parse } from "yaml";
import { identityHeaderNames } from "@/lib/api/gateway/identity-headers";
import { documented } from "./documented-gateways";

test("[L16] the configurations that no test runs are valid YAML, and use the same URL", () => {
  const [traefik, envoy] = documented("yaml").map((block) => parse(block));
  const { latchkey, "without-identity": without } = traefik.http.middlewares;
  expect(latchkey.forwardAuth.address).toMatch(/:3000\/v1\/forward-auth\/acme\/reports:read\/-$/);
  expect(traefik.http.routers.reports.middlewares).toEqual(["latchkey", "without-key"]);
  expect(latchkey.forwardAuth.authResponseHeadersRegex).toBe("(?i)^x[-_]latchkey");
  const cleared = Object.fromEntries(identityHeaderNames.map((header) => [header, ""]));
  expect(without.headers.customRequestHeaders).toEqual(cleared);
  const manager = envoy.static_resources.listeners[0].filter_chains[0].filters[0].typed_config;
  const { failure_mode_allow, http_service } = manager.http_filters[0].typed_config;
  expect(http_service.path_prefix).toBe("/v1/forward-auth/acme/reports:read/-");
  expect([failure_mode_allow, manager.normalize_path]).toEqual([false, true]);
  const [forPreflight] = manager.route_config.virtual_hosts[0].routes;
  expect(forPreflight.request_headers_to_remove).toEqual(
    identityHeaderNames.map((each) => each.toLowerCase()),
  );
});
