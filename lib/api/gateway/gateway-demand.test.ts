import { describe, expect, test } from "vitest";
import { readGatewayDemand } from "./gateway-demand";

const id = "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11";
const nothing = { organization: "acme" };

describe("[L16] the URL that a gateway asks at", () => {
  test.each([
    ["/v1/forward-auth/acme/-/-", nothing],
    ["/v1/auth-request/acme/-/-", nothing],
    ["/v1/forward-auth/acme/reports:read/-", { ...nothing, permissions: ["reports:read"] }],
    ["/v1/forward-auth/acme/a:b,c-d:e_f/-", { ...nothing, permissions: ["a:b", "c-d:e_f"] }],
    ["/v1/forward-auth/acme/a%3Ab%2Cc:d/-", { ...nothing, permissions: ["a:b", "c:d"] }],
    [`/v1/forward-auth/acme/-/application:${id}`, { ...nothing, namespace: { type: "application", id } }],
    [
      `/v1/forward-auth/acme/-/usergroup:${id.toUpperCase()}`,
      { ...nothing, namespace: { type: "usergroup", id } },
    ],
  ])("%s is understood", (url, demand) => {
    expect(readGatewayDemand(url)).toEqual(demand);
  });

  // What a client can add to the URL through a gateway that appends the client's path.
  test.each([
    "/",
    "/orders/7",
    "?permissions=-",
    "/?a=/v1/forward-auth/other/-/-",
    "/../../../../v1/forward-auth/other/-/-",
    "/%2e%2e/%2e%2e/%2e%2e/other/-/-",
    "/..%2f..%2f..%2fother/-/-",
    "//v1/forward-auth/other/-/-",
    "/;a=b/./#c",
  ])("is the gateway's, whatever the client's %s", (rest) => {
    const demand = { organization: "acme", permissions: ["a:b"], namespace: { type: "workspace", id } };
    expect(readGatewayDemand(`/v1/forward-auth/acme/a:b/workspace:${id}${rest}`)).toEqual(demand);
  });

  test.each([
    "/v1/forward-auth/",
    "/v1/forward-auth/acme",
    "/v1/forward-auth/acme/a:b",
    "/v1/forward-auth/acme/a:b/",
    "/v1/forward-auth/acme//-",
    "/v1/forward-auth//a:b/-",
    "/v1/forward-auth/Acme/-/-",
    "/v1/forward-auth/ac%00me/-/-",
    "/v1/forward-auth/-/-/-",
    "/v1/forward-auth/acme/reports/-",
    "/v1/forward-auth/acme/a:b,/-",
    "/v1/forward-auth/acme/a:b,-/-",
    "/v1/forward-auth/acme/A:B/-",
    "/v1/forward-auth/acme/a:b%0d%0a/-",
    `/v1/forward-auth/acme/${Array.from({ length: 101 }, () => "a:b").join()}/-`,
    "/v1/forward-auth/acme/-/application",
    "/v1/forward-auth/acme/-/application:7",
    `/v1/forward-auth/acme/-/place:${id}`,
    `/v1/forward-auth/acme/-/application:${id}:x`,
    `/v1/forward-auth/acme/-/application:${id}%2F`,
    "/v1/forward-auth/..%2f..%2fother/-/-",
  ])("%s is not understood", (url) => {
    expect(readGatewayDemand(url)).toBeNull();
  });
});
