import { expect, it } from "vitest"
import { z } from "zod"
import { credentials, secret } from "../core/credentials.ts"
import { defineDock } from "../core/dock.ts"
import type { Http } from "../core/http.ts"
import { action, provision } from "../core/provision.ts"
import { resource } from "../core/resource.ts"
import { environmentVault } from "../security/env.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { memoryStore } from "../stores/memory/index.ts"
import { createStackdock } from "./stackdock.ts"

const Input = z.strictObject({
  name: z.string(),
  password: secret("Password"),
  domain: z.string().optional(),
})

const dock = defineDock({
  provider: "acme",
  title: "Acme",
  website: "https://acme.example",
  hosts: ["api.acme.example"],
  credentials: credentials({ apiKey: secret("API key") }),
  limits: { windows: [], documentedAt: "https://acme.example/limits" },
  connect: ({ apiKey }, http) => http.base("https://api.acme.example").bearer(apiKey),
  verify: async (_: Http) => ({ id: "1", name: "The account" }),
  sync: {
    webServices: resource("webServices", z.looseObject({ id: z.string() }), {
      async *list() {
        yield { items: [{ id: "w-1" }] }
      },
      map: ({ id }) => ({ providerResourceId: id, name: id, status: "active" }),
    }),
  },
  provision: {
    site: provision({
      table: "webServices",
      title: "Site",
      input: Input,
      steps: [
        {
          name: "site",
          find: async (api: Http) => {
            await api.get("/sites")
            return null
          },
          async create(api, { name, password }) {
            await api.post("/sites", { json: { name, password } })
            return { id: "never" }
          },
          async undo() {},
        },
        {
          name: "domain",
          applies: ({ domain }) => domain !== undefined,
          async create(api, { domain }, { made, idempotencyKey }) {
            await api.put("/sites/{site}/domains", {
              params: { site: made["site"]?.id ?? "" },
              json: { domain, zone: made["site"]?.data?.["zone"] },
              idempotency: { header: "idempotency-key", key: idempotencyKey },
            })
            return { id: "never" }
          },
          async undo() {},
        },
        {
          name: "look",
          async create(api) {
            await api.get("/status")
            return { id: "never" }
          },
          async undo() {},
        },
      ],
      observe: async () => ({ state: "pending" }),
      async destroy(api, { providerResourceId: id }) {
        await api.delete("/sites/{id}", { params: { id } })
      },
    }),
  },
  actions: {
    webServices: {
      restart: action({
        table: "webServices",
        title: "Restart",
        input: z.strictObject({}),
        async run(api: Http, { providerResourceId: id }) {
          await api.post("/sites/{id}/restart", { params: { id } })
          return { message: "Restarting." }
        },
      }),
    },
  },
})

it("shows what the very code would send, sends nothing and writes nothing", async () => {
  const store = memoryStore()
  const keys = formatKeyset({ primary: await generateKey(), older: [] })
  const stackdock = createStackdock({ docks: [dock], store, vault: environmentVault(keys) })
  await stackdock.connect({ provider: "acme", credentials: { apiKey: "fake-secret-api-key" } })
  await stackdock.sync()
  const input = { name: "one", password: "fake-secret-password", domain: "example.com" }
  const steps = await stackdock.rehearse({ of: "provision", dock: "acme", kind: "site", input })
  expect(steps).toMatchObject([
    {
      step: "site",
      note: null,
      request: {
        method: "POST",
        url: "https://api.acme.example/sites",
        headers: { authorization: "Bearer [redacted]" },
        body: { name: "one", password: "[redacted]" },
      },
    },
    {
      step: "domain",
      request: {
        method: "PUT",
        url: "https://api.acme.example/sites/{site}/domains",
        headers: { "idempotency-key": "{idempotency key}" },
        body: { domain: "example.com", zone: "{site.zone}" },
      },
    },
    { step: "look", request: { method: "GET" }, note: "What follows depends on the answer." },
  ])
  expect(JSON.stringify(steps)).not.toContain("fake-secret")
  expect(await store.provisionings.list("default")).toEqual([])

  const resourceId = "webServices_1"
  expect(await stackdock.rehearse({ of: "deprovision", resourceId })).toMatchObject([
    { step: "site", request: { method: "DELETE", url: "https://api.acme.example/sites/w-1" } },
  ])
  expect(await stackdock.rehearse({ of: "action", resourceId, action: "restart" })).toMatchObject([
    { step: "restart", request: { method: "POST", url: "https://api.acme.example/sites/w-1/restart" } },
  ])
  const wrong = stackdock.rehearse({ of: "provision", dock: "acme", kind: "site", input: {} })
  await expect(wrong).rejects.toMatchObject({ code: "invalid_input" })
})
