import { afterEach, describe, expect, it, vi } from "vitest"
import type { SignIn } from "./setup.ts"

afterEach(() => vi.unstubAllEnvs())

/** Who the file that a project gets says is calling. */
async function userOf(identity: { issuer: string; subject: string } | null) {
  vi.stubEnv("CONVEX_SITE_URL", "https://happy-otter-1.convex.site")
  const file = new URL("../../templates/convex/stackdock/auth.ts", import.meta.url).pathname
  const { signIn }: { signIn: SignIn } = await import(/* @vite-ignore */ file)
  const getUserIdentity = async () => identity && { ...identity, tokenIdentifier: "unused" }
  return await signIn.userOf({ auth: { getUserIdentity } })
}

describe("the sign-in that a project begins with", () => {
  it("tells the users of Auth0 apart, whose ids begin alike", async () => {
    const issuer = "https://tenant.eu.auth0.com/"
    expect(await userOf({ issuer, subject: "auth0|ada" })).toBe("auth0|ada")
    expect(await userOf({ issuer, subject: "google-oauth2|1" })).toBe("google-oauth2|1")
  })

  it("knows the user of Convex Auth in each of their sessions", async () => {
    const issuer = "https://happy-otter-1.convex.site"
    expect(await userOf({ issuer, subject: "ada|session-1" })).toBe("ada")
    expect(await userOf({ issuer, subject: "ada|session-2" })).toBe("ada")
  })

  it("knows nobody who is not signed in", async () => {
    expect(await userOf(null)).toBeUndefined()
  })
})
