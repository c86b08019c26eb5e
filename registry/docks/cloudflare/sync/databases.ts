import { resource } from "../../../core/resource.ts"
import type { CloudflareApi } from "../api/index.ts"
import { CloudflareD1Database, CloudflareKvNamespace } from "../types.ts"
import { consoleUrl } from "./console.ts"
import { perAccount } from "./places.ts"

export type DatabaseScope = { readonly kind: "d1" | "kv"; readonly account: string }

const D1OrKv = CloudflareD1Database.extend(CloudflareKvNamespace.shape).partial()

/** D1 databases and KV namespaces: listed apart, with a permission each. */
export const databases = resource("databases", D1OrKv, {
  scopes: (api: CloudflareApi) =>
    perAccount<DatabaseScope>(api, ({ id: account, name }) => [
      { id: `d1/${account}`, name: `D1 of ${name}`, data: { kind: "d1", account } },
      { id: `kv/${account}`, name: `KV of ${name}`, data: { kind: "kv", account } },
    ]),
  list: (api, { data }) =>
    data?.kind === "kv"
      ? api.storage.listNamespaces(data.account)
      : api.storage.listDatabases(data?.account ?? ""),
  map: (item, { data }) => {
    const isKv = data?.kind === "kv"
    const id = isKv ? item.id : item.uuid
    if (!id) throw new TypeError("A database without an id.")
    const providerResourceId = `${data?.account}/${data?.kind}/${id}`
    return {
      providerResourceId,
      name: (isKv ? item.title : item.name) || providerResourceId,
      // Neither has a state: they are there, and start when they are asked.
      status: "running" as const,
      providerUrl: isKv
        ? consoleUrl(data.account, "workers", "kv", "namespaces", id)
        : consoleUrl(data?.account, "workers", "d1", "databases", id),
      engine: isKv ? "workers-kv" : "d1",
    }
  },
})
