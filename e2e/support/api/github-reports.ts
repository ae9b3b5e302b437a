import { afterAll, beforeAll } from "vitest";
import { env, setEnv } from "@/lib/env";
import type { Github } from "../processes/github";
import { startGithub } from "../processes/github";
import type { Reply } from "./test-api";
import { provideTestApi } from "./test-api";

/** The URL where `githubReports` alerts claim to have found a token. */
export const leakUrl = "https://github.com/octocat/hello-world/blob/1234/config.js";

export const alert = (token: string, over: object = {}) => ({
  token,
  type: "latchkey_secret_key",
  url: leakUrl,
  source: "content",
  ...over,
});

/** Provides the tests of a file with an API, and a GitHub whose signed reports it accepts. */
export function provideGithubReports() {
  const api = provideTestApi();
  let github: Github;
  beforeAll(async () => {
    github = await startGithub();
    setEnv({ ...env(), githubKeysUrl: github.keysUrl });
  });
  afterAll(() => github.close());

  const post = (body: string, headers: Record<string, string> = github.sign(body)): Promise<Reply> =>
    api.call("/v1/leaks/github", undefined, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });
  const report = (...alerts: object[]) => post(JSON.stringify(alerts));
  const labels = async (...alerts: object[]): Promise<string[]> =>
    (await report(...alerts)).json.map(({ label }: { label: string }) => label);
  return { api, github: () => github, post, report, labels };
}
