import { Readable } from "node:stream"
import { expect, it } from "vitest"
import { credentialsFromStdin } from "./read-credentials.ts"

it("reads one JSON object from stdin", async () => {
  expect(await credentialsFromStdin(Readable.from(['{"apiKey":', '"key"}\n']))).toEqual({ apiKey: "key" })
})

it("does not quote what it cannot read", async () => {
  for (const text of [
    "",
    "fake-secret",
    '{"apiKey":"fake-secret',
    '["fake-secret"]',
    '"fake-secret"',
    "null",
  ]) {
    const error: unknown = await credentialsFromStdin(Readable.from([text])).catch(
      (reason: unknown) => reason,
    )
    expect(error, text).toMatchObject({ exitCode: 2, message: expect.stringContaining("one JSON object") })
    expect(JSON.stringify(error)).not.toContain("fake-secret")
  }
})

it("does not read from a terminal, where the credential would be shown", async () => {
  const terminal = Object.assign(Readable.from(["{}"]), { isTTY: true })
  await expect(credentialsFromStdin(terminal)).rejects.toMatchObject({ exitCode: 2 })
})
