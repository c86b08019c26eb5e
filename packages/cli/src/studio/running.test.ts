import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { claimRunning, findRunning, forgetRunning } from "./running.ts"

let dir: string
const closing: (() => void)[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "stackdock-running-"))
  mkdirSync(join(dir, ".stackdock"))
})
afterEach(() => {
  for (const close of closing.splice(0)) close()
  rmSync(dir, { recursive: true })
})

/** One that answers for itself, as a studio does. */
async function start(instance: string) {
  const server = createServer((_, response) => response.end(JSON.stringify({ instance })))
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  closing.push(() => server.close())
  const { port } = server.address() as AddressInfo
  return { pid: process.pid, port, instance }
}

it("is one, of two that start at once", async () => {
  const [one, two] = [await start("one"), await start("two")]
  const others = await Promise.all([claimRunning(dir, one), claimRunning(dir, two)])
  expect(others.filter((other) => other === undefined)).toHaveLength(1)
  const running = await findRunning(dir)
  expect(others).toContainEqual(running)
})

it("takes the place of one that was killed, whatever is left of it", async () => {
  const one = await start("one")
  writeFileSync(join(dir, ".stackdock/studio.json"), JSON.stringify({ ...one, instance: "killed" }))
  expect(await claimRunning(dir, one)).toBeUndefined()
  forgetRunning(dir, one)
  writeFileSync(join(dir, ".stackdock/studio.json"), "{")
  expect(await claimRunning(dir, one)).toBeUndefined()
  expect(await findRunning(dir)).toEqual(one)
})
