import { resource } from "../../../core/resource.ts"
import { statusWords } from "../../../core/status.ts"
import type { GridPaneApi } from "../api.ts"
import { GridPaneServer } from "../types.ts"

/** The only word seen so far. GridPane does not document others. */
const status = statusWords({ active: "running" })

export const servers = resource("servers", GridPaneServer, {
  list: (api: GridPaneApi) => api.listServers(),
  map: (server) => ({
    providerResourceId: server.id,
    name: server.label || server.id,
    ...status(server.status),
    primaryIpAddress: server.ip,
    ipAddresses: server.ip ? [server.ip] : null,
    region: server.region_label ?? server.region,
    operatingSystem: server.os_version,
    stack: server.webserver && server.database ? `${server.webserver}, ${server.database}` : null,
    infrastructureProvider: server.provider?.name,
  }),
  redact: ["server_key"],
})
