import type { ListedResource } from "../../../engine/reading.ts"
import { useRead } from "../../data/hooks.tsx"
import type { Deployment } from "./days.ts"

export type Service = ListedResource<"webServices">

/** The service that a deployment is of. Undefined where it is not known. */
export type ServiceOf = (deployment: Deployment) => Service | undefined

const request = { table: "webServices", limit: 500 } as const

export function useServices(): ServiceOf {
  const services = useRead("resources", request).data?.rows ?? []
  const byKey = new Map(services.map((row) => [keyOf(row.dockId, row.providerResourceId), row as Service]))
  return ({ dockId, webServiceProviderId }) => byKey.get(keyOf(dockId, webServiceProviderId ?? ""))
}

function keyOf(dockId: string, providerResourceId: string): string {
  return `${dockId} ${providerResourceId}`
}
