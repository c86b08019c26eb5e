import { expect, test } from "vitest"
import { proposedName } from "./dock-names.ts"

const dock = (name: string, status: "connected" | "disconnected" = "connected") => ({
  name,
  provider: "acme",
  status,
})

test("a second account of a provider gets a name that is free", () => {
  expect(proposedName("acme", [])).toEqual({ name: "acme", isFormer: false })
  expect(proposedName("acme", [dock("acme"), dock("acme-2")])).toEqual({ name: "acme-3", isFormer: false })
})

test("a disconnected account is offered to go on", () => {
  expect(proposedName("acme", [dock("acme"), dock("shop", "disconnected")])).toEqual({
    name: "shop",
    isFormer: true,
  })
  expect(proposedName("other", [dock("shop", "disconnected")]).name).toBe("other")
})
