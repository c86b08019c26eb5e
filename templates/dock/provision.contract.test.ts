import { describe, expect, it } from "vitest"
import { loadRecordings } from "../../contract/node/load.ts"
import { provisioningConformance } from "../../contract/provisioning.ts"
import { acme } from "./index.ts"

const makes = MAKES

const { stage, connect, kind } = provisioningConformance(acme, {
  credentials: CREDENTIALS,
  recordings: loadRecordings(),
  makes,
})

describe.each(Object.entries(makes))("a %s", (name, { input }) => {
  it("has failed when it is not there any more", async () => {
    const { input: shape, steps, observe } = kind(name)
    const made = Object.fromEntries(steps.map((step) => [step.name, { id: "1" }]))
    const look = await stage.during(
      () => Response.json({ message: "Not Found" }, { status: 404 }),
      async () => observe(await connect(), made, shape.parse(input)),
    )
    expect(look).toMatchObject({ state: "failed", code: "not_found" })
  })
})
