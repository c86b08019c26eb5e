// @vitest-environment edge-runtime
import { describe, expect, it } from "vitest"
import { Secret } from "../core/secret.ts"
import { acme, GOOD_KEY } from "../engine/two-organizations.fixture.ts"
import { environmentVault } from "../security/env.ts"
import { type Deployment, deployment, newKeys, WEBHOOK_SECRET } from "./deployment.fixture.ts"
import { isSigned } from "./standard-webhook.ts"

async function connectedTo(here: Deployment) {
  const { id: orgId } = await here.run("createOrganization", { name: "First", slug: "first", owner: "ada" })
  const credentials = { apiKey: GOOD_KEY, whose: "a" }
  const { dockId } = await here.as("ada").action("connect", { orgId, provider: "acme", credentials })
  return { orgId, dockId }
}

describe("the keys of a deployment", () => {
  it("are changed with its environment: every credential is encrypted anew, and then the old key can go", async () => {
    const here = await deployment({ docks: [acme] })
    const { orgId, dockId } = await connectedTo(here)
    const before = (await here.store.docks.get(orgId, dockId))?.credentials ?? ""
    await expect(here.run("rotateKeys")).rejects.toThrow("STACKDOCK_KEYS")

    const vault = environmentVault(here.setup.keys)
    here.setup.keys = (await vault.exportKeys({ withNewPrimary: true })).reveal()
    expect(await here.run("rotateKeys")).toMatchObject({ resealed: 1, failures: [] })
    const { keys } = await here.run("keyStatus")
    expect(keys).toMatchObject([
      { state: "primary", credentials: 1 },
      { state: "older", credentials: 0 },
    ])
    const after = (await here.store.docks.get(orgId, dockId))?.credentials ?? ""
    expect(after).not.toBe(before)
    const owner = { orgId, dockId }
    expect(await environmentVault(here.setup.keys).open(after, owner)).toContain(GOOD_KEY)
    await expect(vault.open(after, owner)).rejects.toMatchObject({ code: "unknown_key" })
  })

  it("are asked for before anything is stored, when there are none", async () => {
    const here = await deployment({ docks: [acme], keys: "" })
    await expect(connectedTo(here)).rejects.toThrow("STACKDOCK_KEYS is empty")
    expect(await here.backend.run(({ db }) => db.query("docks").collect())).toEqual([])
  })

  it("leave no credential readable: not in a table, not in an answer, not in what is kept of calls", async () => {
    const here = await deployment({ docks: [acme], keys: await newKeys() })
    const { orgId } = await connectedTo(here)
    const everything = await here.backend.run(async ({ db }) => await db.query("docks").collect())
    const answers = [await here.as("ada").query("docks", { orgId }), await here.kept(), everything]
    expect(JSON.stringify(answers)).not.toContain(GOOD_KEY)
    const [dock] = await here.as("ada").query("docks", { orgId })
    for (const column of ["credentials", "leaseHolder", "leaseExpiresAt"])
      expect(dock).not.toHaveProperty(column)
  })
})

/** As a service signs that follows Standard Webhooks. */
async function signed(body: string, { at = Date.now(), secret = WEBHOOK_SECRET, prefix = "webhook" } = {}) {
  const timestamp = String(Math.floor(at / 1000))
  const bytes = Uint8Array.from(atob(secret.replace("whsec_", "")), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"])
  const content = new TextEncoder().encode(`msg_1.${timestamp}.${body}`)
  const signature = btoa(
    String.fromCharCode(...new Uint8Array(await crypto.subtle.sign("HMAC", key, content))),
  )
  return {
    [`${prefix}-id`]: "msg_1",
    [`${prefix}-timestamp`]: timestamp,
    [`${prefix}-signature`]: `v1,bm90IHRoaXMgb25l v1,${signature}`,
  }
}

describe("the webhook of the sign-in", () => {
  const body = JSON.stringify({ type: "user.created", data: { id: "Grace" } })
  const post = (here: Deployment, headers: Record<string, string>, sent = body) =>
    here.backend.fetch("/stackdock/users", { method: "POST", headers, body: sent })

  it("makes a new user the owner of an organisation, once, however often it comes", async () => {
    const here = await deployment({ docks: [acme] })
    expect((await post(here, await signed(body))).status).toBe(204)
    expect((await post(here, await signed(body, { prefix: "svix" }))).status).toBe(204)
    expect(await here.as("Grace").query("organizations")).toMatchObject([{ slug: "grace", role: "owner" }])
  })

  it("takes nothing whose signature is not good", async () => {
    const here = await deployment({ docks: [acme] })
    const good = await signed(body)
    const minutes = (count: number) => Date.now() + count * 60_000
    const bad = [
      {},
      { ...good, "webhook-signature": "v1,bm90IHRoaXMgb25l" },
      { ...good, "webhook-signature": String(good["webhook-signature"]).replaceAll("v1,", "v2,") },
      { ...good, "webhook-id": "msg_2" },
      { ...good, "webhook-timestamp": String(Number(good["webhook-timestamp"]) + 1) },
      await signed(body, { at: minutes(-6) }),
      await signed(body, { at: minutes(6) }),
      await signed(body, { secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }),
    ]
    for (const headers of bad) expect((await post(here, headers)).status).toBe(401)
    expect((await post(here, good, body.replace("Grace", "Mallory"))).status).toBe(401)
    expect(await here.backend.run(({ db }) => db.query("organizations").collect())).toEqual([])
  })

  it("does nothing for events that make nobody", async () => {
    const here = await deployment({ docks: [acme] })
    const other = JSON.stringify({ type: "user.deleted", data: { id: "Grace" } })
    expect((await post(here, await signed(other), other)).status).toBe(204)
    expect(await here.backend.run(({ db }) => db.query("organizations").collect())).toEqual([])
  })

  it("refuses what is signed and no event", async () => {
    const here = await deployment({ docks: [acme] })
    for (const odd of ["", "no JSON", "null"])
      expect((await post(here, await signed(odd), odd)).status, odd).toBe(400)
  })

  it("reads signatures as the specification's own example has them", async () => {
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/index.test.ts
    const headers = new Headers({
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    })
    const request = { headers, body: '{"test": 2432232314}' }
    const now = 1_614_265_330_000
    expect(await isSigned(request, new Secret(WEBHOOK_SECRET), now)).toBe(true)
    expect(
      await isSigned({ ...request, body: '{"test": 2432232315}' }, new Secret(WEBHOOK_SECRET), now),
    ).toBe(false)
    for (const secret of ["", "whsec_", "whsec_AAAA", "not base64 at all!"])
      expect(await isSigned(request, new Secret(secret), now)).toBe(false)
  })
})
