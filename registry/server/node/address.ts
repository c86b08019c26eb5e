/// <reference types="node" />

import { isIP } from "node:net"
import type { HttpBindings } from "@hono/node-server"
import type { Context } from "hono"

/** The address at the other end of the connection. Behind a proxy that is the proxy: see `forwardedAddress`. */
export function socketAddress(c: Context): string {
  const env: Partial<HttpBindings> = c.env ?? {}
  return networkOf(env.incoming?.socket.remoteAddress ?? "unknown")
}

/**
 * The address that the outermost of one's own proxies has seen. Each proxy adds the one before it to `X-Forwarded-For`, so
 * only as many from the end as there are proxies can be believed: what stands before them is whatever was sent.
 */
export function forwardedAddress(proxies: number): (c: Context) => string {
  return (c) => {
    const told = (c.req.header("x-forwarded-for") ?? "").split(",").map((address) => address.trim())
    const last = told.at(-proxies)
    return last ? networkOf(last) : socketAddress(c)
  }
}

/** Whoever has one address of IPv6 has all that begin with the same 64 bits, so they count as one. */
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  // An address of IPv4, as a socket for both writes it.
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (plain !== undefined) return plain
  const [before = [], after = []] = address.split("::").map((part) => part.split(":").filter(Boolean))
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0")
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`
}
