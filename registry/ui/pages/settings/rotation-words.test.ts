import { expect, test } from "vitest"
import type { KeyRotation } from "../../../engine/keys.ts"
import { rotationWords } from "./rotation-words.ts"

const rotation: KeyRotation = {
  primary: "k2",
  isContinued: false,
  resealed: 4,
  dropped: ["k1"],
  removable: [],
  kept: [],
  failures: [],
}

test("a whole rotation needs no more than its count", () => {
  expect(rotationWords(rotation)).toMatchObject({
    isWhole: true,
    description: "4 credentials were encrypted anew.",
  })
})

test("says which keys a person has to remove", () => {
  expect(rotationWords({ ...rotation, dropped: [], removable: ["k1"] }).description).toContain(
    "Nothing needs the key k1 any more: remove it where the keys are kept.",
  )
})

test("says once why credentials failed, and that nothing is lost", () => {
  const error = { code: "missing_key", message: "The key k0 is missing." }
  const failures = ["a", "b"].map((dockId) => ({ orgId: "default", dockId, error }))
  const { isWhole, description } = rotationWords({ ...rotation, resealed: 1, kept: ["k1"], failures })
  expect(isWhole).toBe(false)
  expect(description).toBe(
    "1 credential was encrypted anew. 2 failed. The key k0 is missing. Their keys are kept; rotate again once that is mended.",
  )
})
