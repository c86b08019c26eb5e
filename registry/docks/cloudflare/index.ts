import { credentials, plain, secret } from "../../core/credentials.ts"
import { defineDock } from "../../core/dock.ts"
import type { Http } from "../../core/http.ts"
import type { Secret } from "../../core/secret.ts"
import { CloudflareApi } from "./api/index.ts"
import { problem } from "./problem.ts"
import { actions, provision } from "./provision/index.ts"
import { sync } from "./sync/index.ts"
import { verify } from "./verify.ts"

const TOKENS = "Cloudflare > My Profile > API Tokens"

export const cloudflare = defineDock({
  provider: "cloudflare",
  title: "Cloudflare",
  website: "https://www.cloudflare.com",
  look: { color: "#d9620a", icon: "M4 17a8 8 0 0 1 16 0zM2 19h20v2H2z" },
  hosts: ["api.cloudflare.com"],
  credentials: credentials({
    apiToken: secret("API token", TOKENS).optional(),
    apiKey: secret("Global API key, with the e-mail address, in place of a token", TOKENS).optional(),
    email: plain("E-mail address of the global API key").optional(),
  }).refine(
    ({ apiToken, apiKey, email }) => (apiToken ? !apiKey && !email : apiKey && email),
    "give apiToken, or apiKey and email",
  ),
  limits: {
    windows: [
      { requests: 1200, seconds: 300 },
      { requests: 200, seconds: 1 },
    ],
    headers: [{ structured: true }],
    documentedAt: "https://developers.cloudflare.com/fundamentals/api/reference/limits/",
  },
  connect({ baseUrl, ...login }, http) {
    const unsigned = http.base(baseUrl ?? "https://api.cloudflare.com/client/v4")
    return new CloudflareApi(signedIn(unsigned, login), unsigned)
  },
  verify,
  problem,
  sync,
  provision,
  actions,
})

interface Login {
  readonly apiToken?: Secret | undefined
  readonly apiKey?: Secret | undefined
  readonly email?: string | undefined
}

function signedIn(http: Http, { apiToken, apiKey, email }: Login): Http {
  if (apiToken) return http.bearer(apiToken)
  return apiKey && email ? http.header("X-Auth-Email", email).header("X-Auth-Key", apiKey) : http
}
