import type { HttpBindings } from "@hono/node-server"
import type { Context } from "hono"

/** The address at the other end of the connection. Behind a proxy that is the proxy: see `forwardedAddress`. */
export function socketAddress(c: Context): string {
  const env: Partial<HttpBindings> = c.env ?? {}
  return env.incoming?.socket.remoteAddress ?? "unknown"
}

/**
 * The address that the outermost of one's own proxies has seen. Each proxy adds the one before it to `X-Forwarded-For`, so
 * only as many from the end as there are proxies can be believed: what stands before them is whatever was sent.
 */
export function forwardedAddress(proxies: number): (c: Context) => string {
  return (c) => {
    const told = (c.req.header("x-forwarded-for") ?? "").split(",").map((address) => address.trim())
    return told.at(-proxies) || socketAddress(c)
  }
}
