import { z } from "zod"
import { credentials, secret } from "../core/credentials.ts"
import { type AnyDock, defineDock } from "../core/dock.ts"
import { DockError } from "../core/errors.ts"
import { action, provision } from "../core/provision.ts"
import { resource } from "../core/resource.ts"
import { environmentVault } from "../security/env.ts"
import { memoryStore } from "../stores/memory/index.ts"
import type { Roles } from "./permissions.ts"
import type { Store } from "./ports.ts"
import { createStackdock, type Stackdock } from "./stackdock.ts"

export const GOOD_KEY = "fake-secret-good"
export const OTHER_KEY = "fake-secret-other-account"

/** Roles of the tests' own: what a project may define. */
export const customRoles: Roles = {
  auditor: { settings: "read" },
  steward: { settings: "full", resources: "read" },
  nothing: {},
}

export interface World {
  store: Store
  stackdock: Stackdock
}

/**
 * The organisation `org-a`, where "ada" has the role that is asked for, and with `neighbour` another one of which everything
 * says that it is "of-b". There, ada is an owner: what she may do there must not count in `org-a`.
 */
export async function createWorld(options: {
  keys: string
  role: string | undefined
  neighbour: boolean
}): Promise<World> {
  const store = memoryStore()
  const open = (id: string) =>
    createStackdock({
      docks: [acme],
      store,
      vault: environmentVault(options.keys),
      organization: { id, name: id },
      roles: customRoles,
    })
  const stackdock = open("org-a")
  await furnish(stackdock, "of-a")
  if (options.role !== undefined) await stackdock.setMember({ userId: "ada", role: options.role })
  if (options.neighbour) {
    const neighbour = open("org-b-of-b")
    await furnish(neighbour, "of-b")
    await neighbour.setMember({ userId: "ada", role: "owner" })
  }
  return { store, stackdock }
}

async function furnish(stackdock: Stackdock, whose: string): Promise<void> {
  await stackdock.setMember({ userId: `owner-${whose}`, role: "owner" })
  await stackdock.setMember({ userId: `client-${whose}`, role: "client" })
  await stackdock.connect({
    provider: "acme",
    name: `dock-${whose}`,
    credentials: { apiKey: GOOD_KEY, whose },
  })
  await stackdock.sync()
  await stackdock.provision({ dock: `dock-${whose}`, kind: "server", input: { name: `made-${whose}` } })
}

const Named = z.looseObject({ name: z.string() })

interface AcmeApi {
  key: string
  whose: string
}

async function* twoOf(table: string, { whose }: AcmeApi) {
  yield { items: [{ name: `${table}-1-${whose}` }, { name: `${table}-2-${whose}` }] }
}

export const acme: AnyDock = defineDock({
  provider: "acme",
  title: "Acme",
  website: "https://acme.example",
  hosts: ["api.acme.example"],
  credentials: credentials({ apiKey: secret("API key", "Account > API"), whose: z.string() }),
  limits: { windows: [], documentedAt: "https://acme.example/limits" },
  connect: ({ apiKey, whose }) => ({ key: apiKey.reveal(), whose }),
  async verify({ key }) {
    if (key === GOOD_KEY) return { id: "1", name: "The same account" }
    if (key === OTHER_KEY) return { id: "2", name: "Another account" }
    throw new DockError({ code: "unauthorized", provider: "acme", message: "The key was refused." })
  },
  sync: {
    servers: resource("servers", Named, {
      list: (api: AcmeApi) => twoOf("servers", api),
      map: ({ name }) => ({ providerResourceId: name, name, status: "running" }),
    }),
    monitors: resource("monitors", Named, {
      list: (api: AcmeApi) => twoOf("monitors", api),
      map: ({ name }) => ({ providerResourceId: name, name, status: "up" }),
    }),
  },
  provision: {
    server: provision({
      table: "servers",
      title: "Server",
      input: z.strictObject({ name: z.string() }),
      steps: [
        {
          name: "server",
          create: async (_: AcmeApi, { name }) => ({ id: name }),
          async undo() {},
        },
      ],
      observe: async (_, made) => ({ state: "ready", item: { name: made["server"]?.id } }),
      async destroy() {},
    }),
  },
  actions: {
    servers: {
      restart: action({
        table: "servers",
        title: "Restart",
        input: z.strictObject({}),
        run: async (_: AcmeApi, { name }) => ({ message: `Restarting ${name}.`, item: { name } }),
      }),
    },
  },
})
