import { credentials, secret } from "../../core/credentials.ts"
import { defineDock } from "../../core/dock.ts"
import { VercelApi } from "./api/index.ts"
import { problem } from "./problem.ts"
import { actions, provision } from "./provision/index.ts"
import { sync } from "./sync/index.ts"

export const vercel = defineDock({
  provider: "vercel",
  title: "Vercel",
  website: "https://vercel.com",
  look: {
    color: "#737373",
    icon: "M12 2.9l9 9-2.1 2.1-6.9-6.9L5.1 14 3 11.9zM12 10l9 9-2.1 2.1-6.9-6.9-6.9 6.9L3 19z",
  },
  hosts: ["api.vercel.com"],
  credentials: credentials({ token: secret("Access token", "Vercel > Account Settings > Tokens") }),
  limits: {
    // Each endpoint has a budget of its own; most that list allow this much, and the headers tell where it is less.
    windows: [{ requests: 500, seconds: 60, per: "endpoint" }],
    headers: [
      {
        per: "endpoint",
        limit: "X-RateLimit-Limit",
        remaining: "X-RateLimit-Remaining",
        reset: { header: "X-RateLimit-Reset", as: "unix-seconds" },
      },
    ],
    documentedAt: "https://vercel.com/docs/limits#rate-limits",
  },
  connect: ({ token, baseUrl }, http) =>
    new VercelApi(http.base(baseUrl ?? "https://api.vercel.com").bearer(token)),
  async verify(api) {
    const user = await api.accounts.getUser()
    return { id: user.id, name: user.username || user.name || user.id }
  },
  problem,
  sync,
  provision,
  actions,
})
