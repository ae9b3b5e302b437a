import { execFileSync } from "node:child_process";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { operations } from "@/lib/api/all-operations";
import { openApiDocument } from "@/lib/api/describe/openapi-document";
import type { Document } from "../reference/openapi";
import type { OperationFacts } from "../reference/read-reference";
import { readReference } from "../reference/read-reference";
import { codeSamples } from "./code-samples";

const server = "https://keys.acme.test";
const document = openApiDocument(operations, server) as unknown as Document;
const all = readReference(document).chapters.flatMap((chapter) => chapter.operations);

const example: OperationFacts = {
  id: "renameThing",
  method: "PATCH",
  path: "/v1/things/{id}",
  summary: "Rename a thing",
  description: "",
  credentials: ["secretKey"],
  parameters: [],
  body: {
    type: "application/json",
    required: true,
    fields: [],
    example: { name: "Ana's $HOME `x`", none: null, yes: true, list: [1, "two"], empty: [] },
  },
  answers: [],
  errors: [],
};

describe("[B9] the reference", () => {
  test("has every operation of the API, each with its parameters, responses and errors", () => {
    expect(all.map(({ id }) => id).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
    for (const operation of all) {
      const { id, path, parameters, answers, summary, description } = operation;
      const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
      expect(described, id).toEqual(places);
      expect(answers.length, id).toBeGreaterThan(0);
      expect(summary.length * description.length, id).toBeGreaterThan(0);
    }
  });

  test("has an example in every JSON body and response", () => {
    for (const { id, body, answers } of all) {
      if (body !== null) expect(body.example, `${id}, body`).toBeDefined();
      for (const { status, fields, example: given } of answers) {
        if (fields.length > 0 && status < "400") expect(given, `${id}, ${status}`).toBeDefined();
      }
    }
  });
});

describe("[B9] the samples of every operation", () => {
  test("send the required headers, and read plain text responses as text", () => {
    const samplesOf = (id: string) =>
      Object.values(all.filter((each) => each.id === id).map((each) => codeSamples(each, server))[0] ?? {});
    const signed = samplesOf("reportGithubLeaks");
    expect(signed).toHaveLength(3);
    for (const sample of signed) expect(sample).toMatch(/"?Github-Public-Key-Signature"?: ?"?\.\.\./);
    const [, typescript, python] = samplesOf("readMetrics");
    expect(typescript).toContain("await response.text()");
    expect(python).toContain("print(response.text)");
  });

  test("in TypeScript compile", () => {
    for (const operation of all) {
      const { diagnostics = [] } = ts.transpileModule(codeSamples(operation, server).TypeScript, {
        reportDiagnostics: true,
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      expect(
        diagnostics.map(({ messageText }) => messageText),
        operation.id,
      ).toEqual([]);
    }
  });

  test("for curl are parsed by a shell into the intended words", () => {
    for (const operation of [...all, example]) {
      const { curl } = codeSamples(operation, server);
      const script = `curl() { printf '%s\\0' "$@"; }\nLATCHKEY_KEY_ID=key_1 LATCHKEY_TOKEN=secret\n${curl}`;
      const words = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0");
      expect(
        words.some((word) => word.startsWith(`${server}/`)),
        operation.id,
      ).toBe(true);
      const [first] = operation.credentials;
      const isClient = first === "client";
      expect(words.includes("Authorization: Bearer secret"), operation.id).toBe(
        first !== undefined && !isClient,
      );
      expect(words.includes("key_1:secret"), operation.id).toBe(isClient);
      if (operation.body?.type !== "application/json") continue;
      expect(JSON.parse(words[words.indexOf("-d") + 1] ?? ""), operation.id).toEqual(
        operation.body.example ?? {},
      );
    }
  });

  test("in Python write null and booleans the way Python does", () => {
    expect(codeSamples(example, server).Python).toBe(`import os

import requests

response = requests.patch(
    "https://keys.acme.test/v1/things/01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d12",
    headers={"Authorization": f"Bearer {os.environ['LATCHKEY_TOKEN']}"},
    json={
        "name": "Ana's $HOME \`x\`",
        "none": None,
        "yes": True,
        "list": [
            1,
            "two",
        ],
        "empty": [],
    },
)
response.raise_for_status()
print(response.json() if response.content else None)`);
  });
});
