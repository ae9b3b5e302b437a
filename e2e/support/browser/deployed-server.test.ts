import { afterEach, expect, test } from "vitest";
import { deployedServer } from "./deployed-server";

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

test("without a URL there is no deployed server, and with one its people have a password", () => {
  delete process.env.E2E_BASE_URL;
  expect(deployedServer()).toBeUndefined();
  process.env.E2E_BASE_URL = "https://keys.example.com/";
  expect(() => deployedServer()).toThrow("E2E_PASSWORD");
  process.env.E2E_PASSWORD = "secret";
  expect(deployedServer()).toMatchObject({
    url: "https://keys.example.com",
    organizationSlug: "northwind-robotics",
    people: { OWNER: { name: "Ana Sousa", email: "ana@example.com", password: "secret" } },
  });
});

test("its organization and people can be named", () => {
  process.env = { ...before, E2E_BASE_URL: "http://localhost:3000", E2E_PASSWORD: "secret" };
  process.env.E2E_ORGANIZATION = "acme";
  process.env.E2E_OWNER = "Kim Ono <kim@example.com>";
  process.env.E2E_ADMIN = "lee@example.com";
  const { organizationSlug, people } = deployedServer() ?? {};
  expect(organizationSlug).toBe("acme");
  expect(people?.OWNER).toEqual({ name: "Kim Ono", email: "kim@example.com", password: "secret" });
  expect(people?.ADMIN).toEqual({ name: "", email: "lee@example.com", password: "secret" });
});

test("a URL without http is refused", () => {
  process.env = { ...before, E2E_BASE_URL: "keys.example.com", E2E_PASSWORD: "secret" };
  expect(() => deployedServer()).toThrow("is an address");
});
