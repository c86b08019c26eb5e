import { Readable } from "node:stream"
import { expect, it } from "vitest"
import type { Ask } from "../framework/ask.ts"
import { credentialsFromPerson, credentialsFromStdin } from "./read-credentials.ts"

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

const field = (name: string, isSecret: boolean) => ({
  name,
  title: name,
  where: null,
  isSecret,
  isRequired: false,
  input: "text" as const,
  choices: null,
})
const either = [field("apiToken", true), field("apiKey", true), field("email", false)]

it("asks for the first of several ways to sign in, unless another one is given", async () => {
  const asked: string[] = []
  const answer = async (message: string) => {
    asked.push(message)
    return "fake-secret-answer"
  }
  const ask = { isPossible: true, text: answer, secret: answer } as unknown as Ask
  expect(await credentialsFromPerson("acme", either, {}, ask)).toEqual({ apiToken: "fake-secret-answer" })
  expect(asked).toEqual(["apiToken"])

  const byKey = { apiKey: "fake-secret-key", email: "ada@example.com" }
  expect(await credentialsFromPerson("acme", either, byKey, ask)).toEqual(byKey)
  expect(asked).toHaveLength(1)
})
