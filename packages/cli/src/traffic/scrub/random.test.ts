import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { looksRandom, randomWords } from "./random.ts"

describe("what looks random", () => {
  it.each([
    "kq83Jd0aZp1xWm",
    "b7d9a14cc0f24e5d9c1b3a7788aa01ef",
    "wJalrXUtnFEMIK7MDENGbPxRfiCYzKq",
    "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
    "xkqzvwjthgfdpbnm",
    "A9f-Kd72-Lp0q-Zx81",
  ])("is %s", (word) => expect(looksRandom(word)).toBe(true))

  it.each([
    "ubuntu-22-04-x64",
    "gpu-h100x8-640gb",
    "c-32-intel-premium",
    "2026-11-20T10:00:00.000Z",
    "1700000000000",
    "githubCommitAuthorName",
    "application/vnd.api+json",
    "internationalization",
    "fake-secret-7",
    "prj_0000000000000012",
    "00000000-0000-4000-8000-000000000001",
  ])("is not %s", (word) => expect(looksRandom(word)).toBe(false))

  it.each([
    ["hex", 32, 0.001],
    ["base64url", 24, 0.015],
    ["base64", 40, 0.005],
  ] as const)("is hardly ever missed in %s of %i characters", (encoding, length, mostMissed) => {
    const words = Array.from({ length: 10_000 }, (_, n) => {
      return createHash("sha256").update(`${n}`).digest(encoding).slice(0, length)
    })
    expect(words.filter((word) => randomWords(word).length === 0).length / words.length).toBeLessThan(
      mostMissed,
    )
  })

  it("is found within a text", () => {
    expect(randomWords("key=kq83Jd0aZp1xWm, for region fra1")).toEqual(["kq83Jd0aZp1xWm"])
  })
})
