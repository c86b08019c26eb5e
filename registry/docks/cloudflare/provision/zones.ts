import { z } from "zod"
import { action, provision } from "../../../core/provision.ts"
import type { CloudflareApi } from "../api/index.ts"
import { CloudflareZone } from "../types.ts"
import { accountId, domainName, gone, itemsIn, kept } from "./fields.ts"

const Input = z.strictObject({
  accountId,
  name: domainName("Domain", "The name that Cloudflare is to serve: example.com"),
  type: z.enum(["full", "partial", "secondary"]).default("full").meta({
    title: "Type",
    description:
      "Whether Cloudflare is its DNS, its proxy alone, or a second DNS; plans have not all of them",
  }),
})

export const zone = provision({
  table: "domains",
  title: "Zone",
  input: Input,
  appliesTo: ({ kind }) => kind === "zone",
  steps: [
    {
      name: "zone",
      async find(api: CloudflareApi, { accountId, name }) {
        const [found] = await itemsIn(api.zones.listZones(name), CloudflareZone, (listed) => {
          return listed.name === name && listed.account?.id === accountId
        })
        return found ? { id: found.id } : null
      },
      async create(api: CloudflareApi, { accountId, name, type }) {
        const { id } = await api.zones.createZone({ name, type, account: { id: accountId } })
        return { id }
      },
      undo: (api: CloudflareApi, { id }) => api.zones.deleteZone(id),
    },
  ],
  // It is there at once, and pending until its registrar names Cloudflare's name servers: that may take days.
  async observe(api: CloudflareApi, made) {
    const item = await api.zones.getZone(kept(made["zone"]).id)
    return item ? { state: "ready", item, scope: { id: "zones", data: { kind: "zones" } } } : gone("zone")
  },
  destroy: (api: CloudflareApi, { providerResourceId }) => api.zones.deleteZone(providerResourceId),
})

const some = (title: string, description: string) =>
  z.array(z.string().min(1)).min(1).max(30).optional().meta({ title, description })

const purgeCache = action({
  table: "domains",
  title: "Purge the cache",
  input: z
    .strictObject({
      files: some("Files", "Their addresses"),
      hosts: some("Hosts", "All that is cached of them"),
      tags: some("Tags", "All that was answered with one of these cache tags"),
      prefixes: some("Prefixes", "All whose address begins so, without https://"),
    })
    .refine((input) => Object.values(input).filter(Boolean).length < 2, "takes one kind of thing at a time"),
  isDisruptive: true,
  appliesTo: ({ kind }) => kind === "zone",
  async run(api: CloudflareApi, { providerResourceId }, { files, hosts, tags, prefixes }) {
    const part = {
      ...(files && { files }),
      ...(hosts && { hosts }),
      ...(tags && { tags }),
      ...(prefixes && { prefixes }),
    }
    const isAll = Object.keys(part).length === 0
    await api.zones.purgeCache(providerResourceId, isAll ? { purge_everything: true } : part)
    return { message: isAll ? "The whole cache is being purged." : "The cache is being purged of these." }
  },
})

const setPaused = action({
  table: "domains",
  title: "Pause Cloudflare's proxy, or let it go on",
  input: z.strictObject({ paused: z.boolean().meta({ title: "Paused" }) }),
  isDisruptive: true,
  appliesTo: ({ kind }) => kind === "zone",
  async run(api: CloudflareApi, { providerResourceId }, { paused }) {
    const item = await api.zones.changeZone(providerResourceId, { paused })
    return {
      message: paused ? "The zone is paused: names lead past the proxy." : "The zone goes on.",
      item,
      scope: { id: "zones", data: { kind: "zones" } },
    }
  },
})

export const zoneActions = { purgeCache, setPaused }
