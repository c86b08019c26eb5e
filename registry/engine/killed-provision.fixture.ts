/**
 * The process that tests kill. It provisions a site with a domain at a provider on this machine. Arguments: the file of the
 * store, the provider's address, and how far its clock is ahead.
 */
import { z } from "zod"
import { credentials, secret } from "../core/credentials.ts"
import { defineDock } from "../core/dock.ts"
import type { Http } from "../core/http.ts"
import { provision, type Step } from "../core/provision.ts"
import { resource } from "../core/resource.ts"
import { environmentVault } from "../security/env.ts"
import { embeddedStore } from "../stores/sql/node/embedded.ts"
import { createStackdock } from "./stackdock.ts"

const [path = "", url = "", ahead = "0"] = process.argv.slice(2)

const Thing = z.looseObject({ id: z.string(), name: z.string() })
const Things = z.object({ items: z.array(Thing) })
const Input = z.strictObject({ name: z.string(), domain: z.string() })

const step = (
  name: string,
  nameIn: (input: z.output<typeof Input>) => string,
): Step<Http, z.output<typeof Input>> => ({
  name,
  async find(api, input) {
    const { items } = Things.parse((await api.get("/{kind}", { params: { kind: name } })).body)
    return items.find((item) => item.name === nameIn(input)) ?? null
  },
  async create(api, input) {
    const answer = await api.post("/{kind}", { params: { kind: name }, json: { name: nameIn(input) } })
    return { id: Thing.parse(answer.body).id }
  },
  async undo(api, { id }) {
    await api.delete("/{kind}/{id}", { params: { kind: name, id } })
  },
})

const dock = defineDock({
  provider: "model",
  title: "Model",
  website: "https://model.example",
  hosts: ["api.model.example"],
  credentials: credentials({ apiKey: secret("API key") }),
  limits: { windows: [], documentedAt: "https://model.example/limits" },
  connect: ({ apiKey, baseUrl = "" }, http) => http.base(baseUrl).bearer(apiKey),
  verify: async (_: Http) => ({ id: "1", name: "The account" }),
  sync: {
    webServices: resource("webServices", Thing, {
      async *list(api: Http) {
        yield Things.parse((await api.get("/sites")).body)
      },
      map: ({ id, name }) => ({ providerResourceId: id, name, status: "active" }),
    }),
  },
  provision: {
    site: provision({
      table: "webServices",
      title: "Site",
      input: Input,
      steps: [step("sites", ({ name }) => name), step("domains", ({ domain }) => domain)],
      async observe(api: Http, made) {
        const answer = await api.get("/sites/{id}", { params: { id: made["sites"]?.id ?? "" } })
        return { state: "ready", item: answer.body }
      },
      destroy: async () => {},
    }),
  },
})

const stackdock = createStackdock({
  docks: [dock],
  store: embeddedStore(path),
  vault: environmentVault(process.env["KEYS"]),
  clock: {
    now: () => Date.now() + Number(ahead),
    sleep: async () => {},
  },
})
if ((await stackdock.listDocks()).length === 0) {
  await stackdock.connect({ provider: "model", credentials: { apiKey: "fake-secret-api-key", baseUrl: url } })
}
const input = { name: "one", domain: "example.com" }
const { state, error, steps } = await stackdock.provision({ dock: "model", kind: "site", input, wait: true })
console.log(JSON.stringify({ state, error, steps }))
await stackdock.close()
