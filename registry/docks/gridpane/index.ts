import { credentials, secret } from "../../core/credentials.ts"
import { defineDock } from "../../core/dock.ts"
import { errorFromBody } from "../../core/problem.ts"
import { GridPaneApi } from "./api.ts"
import { actions, provision } from "./provision/index.ts"
import { sync } from "./sync/index.ts"

export const gridpane = defineDock({
  provider: "gridpane",
  title: "GridPane",
  website: "https://gridpane.com",
  look: { color: "#3b6fd4", icon: "M3 3h8v8H3zM13 3h8v8h-8zM3 13h8v8H3zM13 13h8v8h-8z" },
  hosts: ["my.gridpane.com"],
  credentials: credentials({ apiKey: secret("API token", "GridPane > Your name > Settings > GridPane API") }),
  limits: {
    windows: [
      { requests: 60, seconds: 60 },
      { requests: 12, seconds: 60, per: "endpoint" },
    ],
    headers: [
      { limit: "X-RateLimit-Total-Limit", remaining: "X-RateLimit-Total-Remaining" },
      {
        per: "endpoint",
        limit: "X-RateLimit-Endpoint-Limit",
        remaining: "X-RateLimit-Endpoint-Remaining",
        reset: { header: "X-RateLimit-Endpoint-Reset", as: "unix-seconds" },
        retryAfter: "Retry-After-Endpoint",
      },
    ],
    documentedAt: "https://gridpane.com/kb/gridpane-api-introduction-and-postman-documentation/",
  },
  connect: ({ apiKey, baseUrl }, http) =>
    new GridPaneApi(http.base(baseUrl ?? "https://my.gridpane.com/oauth/api/v1").bearer(apiKey)),
  async verify(api) {
    const user = await api.getUser()
    return { id: user.id, name: user.name || user.id }
  },
  /** Some answers carry `success`; false is an error, also in a 200. */
  problem: (body) => (refuses(body) ? (errorFromBody(body) ?? {}) : undefined),
  sync,
  provision,
  actions,
})

function refuses(body: unknown): boolean {
  return typeof body === "object" && body !== null && "success" in body && body.success === false
}
