import type { MiddlewareHandler } from "hono"

/**
 * Only what this server itself sends is run. Styles alone may stand in the page: dialogs and charts write small `<style>`
 * elements while they are open, and a style can neither send anything (`connect-src`, `img-src`) nor be sent anywhere.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ")

const headers = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

/** On every answer, also on errors. There is no CORS: no other origin may read any of them. */
export function securityHeaders(options: { isHttps: boolean }): MiddlewareHandler {
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
    if (options.isHttps) c.header("strict-transport-security", "max-age=31536000")
    if (c.req.path.startsWith("/api/") && !c.res.headers.has("cache-control")) {
      c.header("cache-control", "no-store")
    }
  }
}
