import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { afterAll, expect, it } from "vitest"

const folder = mkdtempSync(join(tmpdir(), "stackdock-heap-"))
afterAll(() => rmSync(folder, { recursive: true }))

it("syncs 50,000 rows in the 64 MiB that Convex gives an action, 500 of them a mutation at most", async () => {
  const outfile = join(folder, "heap.mjs")
  const entry = fileURLToPath(new URL("./convex/heap.ts", import.meta.url))
  // As Convex bundles for its runtime without Node; only that it can be run here is Node's.
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "browser",
    format: "esm",
    target: "esnext",
    conditions: ["convex", "module"],
    logLevel: "error",
  })
  // With more, the process would be ended. What V8 keeps beside the old space comes on top, as in Convex.
  const limits = ["--max-old-space-size=56", "--max-semi-space-size=2"]
  const told = JSON.parse(execFileSync(process.execPath, [...limits, outfile], { encoding: "utf8" }))
  expect(told).toMatchObject({ status: "succeeded", inserted: 50_000, mutations: 500 })
  expect(told.largest).toBeLessThanOrEqual(500)
  expect(told.peakMiB).toBeLessThan(64)
}, 180_000)
