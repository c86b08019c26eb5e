import type { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import { DockError } from "../../../core/errors.ts"
import type { Listing } from "../../../core/page.ts"
import type { Scope } from "../../../core/resource.ts"
import type { CloudflareApi } from "../api/index.ts"
import { CloudflareAccount, CloudflarePagesProject, CloudflareZone } from "../types.ts"

export interface Place {
  readonly id: string
  readonly name: string
}

export interface ZonePlace {
  readonly id: string
  readonly name: string | null
  readonly account: string | null
}

/** The accounts that the credential sees, page by page. */
export async function* accountsOf(api: CloudflareApi): AsyncGenerator<Place[]> {
  let count = 0
  for await (const { items } of api.listAccounts()) {
    count += items.length
    yield items.map((raw) => {
      const { id, name } = needed(CloudflareAccount, raw, "GET /accounts")
      return { id, name: name || id }
    })
  }
  // Every credential belongs to an account. A token that may not see it gets an empty list, which is no proof of anything.
  if (count === 0) {
    throw new DockError({
      code: "forbidden",
      provider: "cloudflare",
      endpoint: "GET /accounts",
      message: "cloudflare: GET /accounts shows no account",
      suggestion: 'Give the API token the permission "Account > Account Settings > Read".',
    })
  }
}

export async function* zonesOf(api: CloudflareApi): AsyncGenerator<ZonePlace[]> {
  for await (const { items } of api.zones.listZones()) {
    yield items.map((raw) => {
      const { id, name, account } = needed(CloudflareZone, raw, "GET /zones")
      return { id, name: name || null, account: account?.id ?? null }
    })
  }
}

/** Scopes for each account. One account that fails leaves the others to be listed. */
export function perAccount<Data>(
  api: CloudflareApi,
  scopesOf: (account: Place) => readonly Scope<Data>[],
): Listing<Scope<Data>> {
  return scopes(accountsOf(api), scopesOf)
}

/** A scope for each Pages project of each account. */
export async function* perProject<Data>(
  api: CloudflareApi,
  scopeOf: (key: { account: string; project: string }) => Scope<Data>,
): Listing<Scope<Data>> {
  for await (const accounts of accountsOf(api)) {
    yield* inTurn(...accounts.map(({ id: account }) => projectsIn(api, account, scopeOf)))
  }
}

async function* projectsIn<Data>(
  api: CloudflareApi,
  account: string,
  scopeOf: (key: { account: string; project: string }) => Scope<Data>,
): Listing<Scope<Data>> {
  for await (const { items } of api.pages.listProjects(account)) {
    const projects = items.map((raw) =>
      needed(CloudflarePagesProject, raw, "GET /accounts/{account}/pages/projects"),
    )
    yield { items: projects.map(({ name }) => scopeOf({ account, project: name })) }
  }
}

/** A scope for each zone. */
export function perZone<Data>(
  api: CloudflareApi,
  scopeOf: (zone: ZonePlace) => Scope<Data>,
): Listing<Scope<Data>> {
  return scopes(zonesOf(api), (zone) => [scopeOf(zone)])
}

async function* scopes<Of, Data>(
  pages: AsyncIterable<readonly Of[]>,
  scopesOf: (place: Of) => readonly Scope<Data>[],
): Listing<Scope<Data>> {
  for await (const places of pages) yield { items: places.flatMap(scopesOf) }
}

/** All of several listings, of which one may fail without keeping the others from being read. In the end it is told. */
export async function* inTurn<Item>(...listings: readonly Listing<Item>[]): Listing<Item> {
  const failures: unknown[] = []
  for (const listing of listings) {
    try {
      yield* listing
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

/**
 * Reads an item that other rows hang on. It may not be skipped like an odd row: what hangs on it would seem to be gone.
 * So it throws, and the rows stay.
 */
function needed<Shape extends z.ZodType>(shape: Shape, raw: unknown, endpoint: string): z.output<Shape> {
  return envelope(shape, { provider: "cloudflare", endpoint, status: 200, requestId: undefined, body: raw })
}
