import { Hono } from "hono"
import { expect, it } from "vitest"
import { forwardedAddress, socketAddress } from "./address.ts"

async function seen(addressOf: typeof socketAddress, remoteAddress: string, forwarded?: string) {
  const app = new Hono().get("/", (c) => c.text(addressOf(c)))
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded }
  const response = await app.request("/", { headers }, { incoming: { socket: { remoteAddress } } })
  return response.text()
}

it("is what the connection says, and a network where one has addresses without end", async () => {
  expect(await seen(socketAddress, "198.51.100.7")).toBe("198.51.100.7")
  expect(await seen(socketAddress, "::ffff:198.51.100.7")).toBe("198.51.100.7")
  const one = await seen(socketAddress, "2001:db8:1:2:aaaa::1")
  expect(await seen(socketAddress, "2001:DB8:0001:2:bbbb:cccc:dddd:eeee")).toBe(one)
  expect(await seen(socketAddress, "2001:db8:1:3::1")).not.toBe(one)
  expect(await seen(socketAddress, "2001:db8::1")).not.toBe(one)
})

it("is what the outermost of one's own proxies has seen, whatever else was sent", async () => {
  const behindTwo = forwardedAddress(2)
  expect(await seen(behindTwo, "10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2")).toBe("198.51.100.7")
  expect(await seen(behindTwo, "10.0.0.1")).toBe("10.0.0.1")
  expect(await seen(forwardedAddress(1), "::1", "2001:db8:1:2::1")).toBe("2001:db8:1:2::/64")
})
