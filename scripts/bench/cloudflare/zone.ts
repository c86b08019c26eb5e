import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

export const RECORDS = 10_000
export const ZONE = "b1".repeat(16)
const PER_PAGE = 100
const PAGES = RECORDS / PER_PAGE

/** A zone with 10,000 records at 100 a page, over loopback. */
export async function serveZone(delayMs: number): Promise<{ baseUrl: string; close(): void }> {
  const pages = Array.from({ length: PAGES }, (_, index) => Buffer.from(pageOf(index + 1)))
  // Cloudflare's package asks on until a page is empty.
  const beyond = Buffer.from(
    envelope([], { page: PAGES + 1, per_page: PER_PAGE, count: 0, total_count: RECORDS }),
  )
  const zones = Buffer.from(zoneList())
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost")
    const page = Number(url.searchParams.get("page") ?? 1)
    const body = url.pathname.endsWith("/dns_records") ? (pages[page - 1] ?? beyond) : zones
    setTimeout(() => {
      response.writeHead(200, { "content-type": "application/json" })
      response.end(body)
    }, delayMs)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return { baseUrl: `http://127.0.0.1:${port}/client/v4`, close: () => server.close() }
}

function pageOf(page: number): string {
  const result = Array.from({ length: PER_PAGE }, (_, index) => record((page - 1) * PER_PAGE + index))
  return envelope(result, { page, per_page: PER_PAGE, count: PER_PAGE, total_count: RECORDS })
}

function zoneList(): string {
  const account = { id: "a1".repeat(16), name: "Bench" }
  const zone = { id: ZONE, name: "example.com", status: "active", type: "full", account }
  return envelope([zone], { page: 1, per_page: 50, count: 1, total_count: 1 })
}

interface Info {
  readonly page: number
  readonly per_page: number
  readonly count: number
  readonly total_count: number
}

function envelope(result: unknown[], info: Info): string {
  const result_info = { ...info, total_pages: Math.ceil(info.total_count / info.per_page) }
  return JSON.stringify({ result, success: true, errors: [], messages: [], result_info })
}

function record(number: number) {
  return {
    id: number.toString(16).padStart(32, "0"),
    name: `host-${number}.example.com`,
    type: "A",
    content: `192.0.2.${number % 256}`,
    proxiable: true,
    proxied: number % 2 === 0,
    ttl: 300,
    settings: {},
    meta: {},
    comment: null,
    tags: [],
    created_on: "2026-01-01T00:00:00.000000Z",
    modified_on: "2026-01-01T00:00:00.000000Z",
  }
}
