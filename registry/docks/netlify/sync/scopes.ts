import type { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import type { Listing } from "../../../core/page.ts"
import type { Scope } from "../../../core/resource.ts"
import type { NetlifyApi } from "../api/index.ts"
import { NetlifyAccount, NetlifySite, NetlifyZone } from "../types.ts"

export async function* accountScopes(api: NetlifyApi): Listing<Scope<NetlifyAccount>> {
  for await (const page of api.listAccounts()) {
    const accounts = page.items.map((raw) => needed(NetlifyAccount, raw, "GET /accounts"))
    yield { items: accounts.map(accountScope) }
  }
}

export function accountScope(account: NetlifyAccount): Scope<NetlifyAccount> {
  return { id: `account/${account.id}`, name: account.name || account.slug, data: account }
}

/** Each site with its own item of the listing. */
export interface SiteData {
  readonly siteId: string
  readonly raw: unknown
}

export async function* siteScopes(api: NetlifyApi): Listing<Scope<SiteData>> {
  yield* inEveryAccount(api, async function* ({ slug }) {
    for await (const page of api.sites.listSites(slug)) {
      yield { items: page.items.map((raw) => siteScope(raw)) }
    }
  })
}

const Site = NetlifySite.pick({ id: true, name: true })

export function siteScope(raw: unknown): Scope<SiteData> {
  const { id, name } = needed(Site, raw, "GET /{account_slug}/sites")
  return { id: `site/${id}`, name: name || id, data: { siteId: id, raw } }
}

export interface ZoneData {
  readonly zoneId: string
  readonly zoneName: string
}

export async function* zoneScopes(api: NetlifyApi): Listing<Scope<ZoneData>> {
  yield* inEveryAccount(api, async function* ({ slug }) {
    for await (const page of api.dns.listZones(slug)) {
      yield { items: page.items.map((raw) => zoneScope(needed(NetlifyZone, raw, "GET /dns_zones"))) }
    }
  })
}

export function zoneScope({ id, name }: NetlifyZone): Scope<ZoneData> {
  return { id: `zone/${id}`, name, data: { zoneId: id, zoneName: name } }
}

/** An account that may not be read fails the whole only after the others have been read. */
async function* inEveryAccount<Data>(
  api: NetlifyApi,
  list: (account: NetlifyAccount) => Listing<Scope<Data>>,
): Listing<Scope<Data>> {
  const failures: unknown[] = []
  for await (const page of accountScopes(api)) {
    for (const { data: account } of page.items) {
      try {
        if (account) yield* list(account)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  if (failures.length > 0) throw failures[0]
}

/**
 * Reads an item that other rows hang on. It may not be skipped like an odd row: what hangs on it would seem to be gone.
 * So it throws, and the rows stay.
 */
export function needed<Shape extends z.ZodType>(
  shape: Shape,
  raw: unknown,
  endpoint: string,
): z.output<Shape> {
  return envelope(shape, { provider: "netlify", endpoint, status: 200, requestId: undefined, body: raw })
}
