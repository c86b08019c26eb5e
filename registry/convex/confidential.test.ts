// @vitest-environment edge-runtime
import { describe, expect, it } from "vitest"
import { acme } from "../engine/two-organizations.fixture.ts"
import { deployment } from "./deployment.fixture.ts"

const SECRET = "fake-secret-hunter2"
const credentials = { apiKey: SECRET }
const input = { password: SECRET }
const orgId = "org-1"

describe("arguments that do not fit, beside a secret", () => {
  it.for([
    ["connect", { orgId, provider: "acme", credentials, extra: 1 }, "What was given has a field too many."],
    ["connect", { orgId, provider: "acme", apiKey: SECRET }, "What was given has a field too many."],
    ["connect", { orgId, provider: 7, credentials }, "provider is no text."],
    ["connect", { provider: "acme", credentials }, "orgId is missing."],
    ["rotateCredential", { orgId, dock: [SECRET], credentials }, "dock is no text."],
    ["rotateCredential", { orgId, dock: "acme" }, "credentials is missing."],
    ["provision", { orgId, dock: "acme", input }, "kind is missing."],
    ["act", { orgId, resourceId: null, action: "restart", input }, "resourceId is no text."],
    ["rehearse", { orgId, operation: { of: "provision", dock: "acme", input } }, "operation does not fit."],
    ["rehearse", { orgId, operation: SECRET }, "operation does not fit."],
  ] as const)("%s says what is wrong and quotes nothing of it", async ([name, args, message]) => {
    const here = await deployment({ docks: [acme] })
    const error = await here
      .as("ada")
      .action(name, args)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ data: expect.objectContaining({ code: "invalid_arguments", message }) })
    expect(`${error} ${JSON.stringify(error)}`).not.toContain("hunter2")
  })
})
