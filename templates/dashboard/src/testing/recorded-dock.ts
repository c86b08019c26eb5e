import { z } from "zod"
import { credentials, secret } from "../stackdock/core/credentials.ts"
import { type AnyDock, defineDock } from "../stackdock/core/dock.ts"
import { DockError } from "../stackdock/core/errors.ts"
import { resource } from "../stackdock/core/resource.ts"

/** What the provider of this dock has answered once. */
const recorded = [
  { id: "11", label: "web-1", state: "active", ip: "192.0.2.11" },
  { id: "12", label: "db-1", state: "off", ip: "192.0.2.12" },
]
export const TOKEN = "fake-secret-token"

const Server = z.looseObject({ id: z.string(), label: z.string(), state: z.string(), ip: z.string() })

/** A provider in the memory of a test. */
export const recordedDock: AnyDock = defineDock({
  provider: "harbour",
  title: "Harbour Hosting",
  website: "https://harbour.example",
  hosts: ["api.harbour.example"],
  credentials: credentials({ token: secret("API token", "Account > API") }),
  limits: { windows: [], documentedAt: "https://harbour.example/limits" },
  connect: ({ token }) => ({ token: token.reveal() }),
  async verify({ token }) {
    if (token === TOKEN) return { id: "7", name: "Harbour Agency" }
    throw new DockError({ code: "unauthorized", provider: "harbour", message: "The token was refused." })
  },
  sync: {
    servers: resource("servers", Server, {
      async *list(_: { token: string }) {
        yield { items: recorded }
      },
      map: ({ id, label, state, ip }) => ({
        providerResourceId: id,
        name: label,
        status: state === "active" ? "running" : "stopped",
        providerStatus: state,
        primaryIpAddress: ip,
      }),
    }),
  },
})
