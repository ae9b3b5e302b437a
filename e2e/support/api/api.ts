/** The API's response to a credential: the status, and the code of a refusal. */
export async function presentKey(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  const body = (await response.json()) as { code?: string };
  return response.ok ? String(response.status) : `${response.status} ${body.code}`;
}

type Verdict = { readonly valid: boolean; readonly code: string; readonly secret?: "current" | "previous" };

/** Verifies a token with a key that may verify: `VALID current`, `ROLLED previous`. */
export async function verifyToken(url: string, caller: string, token: string): Promise<string> {
  const response = await fetch(`${url}/v1/keys/verify`, {
    method: "POST",
    headers: { authorization: `Bearer ${caller}`, "content-type": "application/json" },
    body: JSON.stringify({ key: token }),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  const { code, secret } = (await response.json()) as Verdict;
  return secret === undefined ? code : `${code} ${secret}`;
}
