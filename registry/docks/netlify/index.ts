import { credentials, secret } from "../../core/credentials.ts"
import { defineDock } from "../../core/dock.ts"
import { NetlifyApi } from "./api/index.ts"
import { problem } from "./problem.ts"
import { actions, provision } from "./provision/index.ts"
import { sync } from "./sync/index.ts"

/** What makes a deploy. */
const DEPLOYS = ["POST /sites/{site_id}/deploys", "POST /sites/{site_id}/builds"]

export const netlify = defineDock({
  provider: "netlify",
  title: "Netlify",
  website: "https://www.netlify.com",
  look: { color: "#0d8f83", icon: "M12 2l10 10-10 10L2 12zM12 8l-4 4 4 4 4-4z" },
  hosts: ["api.netlify.com"],
  credentials: credentials({
    token: secret("Personal access token", "Netlify > User settings > Applications > Personal access tokens"),
  }),
  limits: {
    windows: [
      { requests: 500, seconds: 60 },
      { requests: 3, seconds: 60, only: DEPLOYS },
      { requests: 100, seconds: 86_400, only: DEPLOYS },
    ],
    headers: [
      {
        limit: "X-RateLimit-Limit",
        remaining: "X-RateLimit-Remaining",
        reset: { header: "X-RateLimit-Reset", as: "unix-seconds" },
      },
    ],
    documentedAt:
      "https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/#rate-limiting",
  },
  connect: ({ token, baseUrl }, http) =>
    new NetlifyApi(http.base(baseUrl ?? "https://api.netlify.com/api/v1").bearer(token)),
  async verify(api) {
    const user = await api.getUser()
    return { id: user.id, name: user.full_name || user.email || user.id }
  },
  problem,
  sync,
  provision,
  actions,
})
