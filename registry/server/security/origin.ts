import type { MiddlewareHandler } from "hono"
import { Refusal } from "../problem.ts"

/** The only addresses under which the server answers. A name that somebody else points at it (DNS rebinding) is none of them. */
export function knownHost(origins: readonly string[]): MiddlewareHandler {
  const hosts = new Set(origins.map((origin) => new URL(origin).host))
  return (c, next) => {
    if (hosts.has((c.req.header("host") ?? "").toLowerCase())) return next()
    throw new Refusal({
      code: "wrong_host",
      status: 421,
      message: "This server does not answer under the address that was asked for.",
      suggestion: `It answers under ${origins.join(" and ")}. Another one has to be among the server's origins.`,
    })
  }
}

/**
 * Only the server's own pages may ask for anything. Browsers say of every request from where it was sent, and no page can
 * make them say something else. Cookies are `SameSite=Strict` beside this; each of the two is enough.
 */
export function ownPagesOnly(origins: readonly string[]): MiddlewareHandler {
  const own = new Set(origins)
  return (c, next) => {
    const site = c.req.header("sec-fetch-site")
    const origin = c.req.header("origin")
    const isOwnSite = site === undefined || site === "same-origin"
    if (c.req.method === "GET" || c.req.method === "HEAD") {
      // An address that was typed, or a way back from another site's sign-in: no page can read the answer.
      const isVisit = site === "none" || c.req.header("sec-fetch-mode") === "navigate"
      if ((isOwnSite || isVisit) && (origin === undefined || own.has(origin))) return next()
      throw crossSite()
    }
    if (site === undefined && origin === undefined) throw crossSite()
    if (!isOwnSite || (origin !== undefined && !own.has(origin))) throw crossSite()
    const isJson = /^application\/json\s*(;|$)/i.test(c.req.header("content-type") ?? "")
    if (isJson || (c.req.method === "DELETE" && c.req.header("content-type") === undefined)) return next()
    throw new Refusal({
      code: "not_json",
      status: 415,
      message: "What is sent here has to be JSON, and say so.",
      suggestion: "Send it with the header content-type: application/json.",
    })
  }
}

function crossSite(): Refusal {
  return new Refusal({
    code: "cross_site",
    status: 403,
    message: "This was not sent by a page of this server.",
    suggestion: "A program sends the server's own origin in the header Origin.",
  })
}
