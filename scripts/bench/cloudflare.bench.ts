import { execFile } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { compiledRegistry } from "./cloudflare/compile.ts"
import { RECORDS, serveZone, ZONE } from "./cloudflare/zone.ts"

/**
 * Listing 10,000 DNS records, mapped and stored, beside Cloudflare's own package that merely lists them: import included, each in
 * its own process, both as plain JavaScript. Our source is compiled beforehand to one file, as a project's build does; theirs is
 * what npm installs, and for comparison one file as well. The file store makes its database anew each time.
 */
interface Measured {
  readonly rows: number
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakMiB: number
}

const ROUNDS = 5
const LATENCY_MS = 50
const registry = await compiledRegistry()
const folder = mkdtempSync(join(tmpdir(), "stackdock-bench-"))

const run = promisify(execFile)
async function child<Result>(file: string, ...args: string[]): Promise<Result> {
  const script = join(import.meta.dirname, "cloudflare", file)
  return JSON.parse((await run(process.execPath, [script, ...args])).stdout)
}

const near = await serveZone(0)
const far = await serveZone(LATENCY_MS)
const measured = {
  file: [] as Measured[],
  memory: [] as Measured[],
  theirs: [] as Measured[],
  theirsBuilt: [] as Measured[],
  fileFar: [] as Measured[],
  theirsFar: [] as Measured[],
}
const imports: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  measured.file.push(await child("ours.mjs", registry, "file", near.baseUrl, folder))
  measured.memory.push(await child("ours.mjs", registry, "memory", near.baseUrl))
  measured.theirs.push(await child("theirs.mjs", near.baseUrl, ZONE))
  measured.theirsBuilt.push(await child("theirs.mjs", near.baseUrl, ZONE, `${registry}/cloudflare.js`))
  measured.fileFar.push(await child("ours.mjs", registry, "file", far.baseUrl, folder))
  imports.push((await child<{ dockMs: number }>("imports.mjs", registry)).dockMs)
}
measured.theirsFar.push(await child("theirs.mjs", far.baseUrl, ZONE))
near.close()
far.close()
rmSync(folder, { recursive: true })

for (const { rows } of Object.values(measured).flat()) {
  if (rows !== RECORDS) throw new Error(`${rows} rows came, of ${RECORDS}.`)
}

const [file, memory, theirs] = [medians(measured.file), medians(measured.memory), medians(measured.theirs)]
const fileFar = medians(measured.fileFar)
console.table({
  "ours, stored in a file": readable(file),
  "ours, stored in memory": readable(memory),
  "cloudflare, merely listed": readable(theirs),
  "cloudflare, merely listed, as one file": readable(medians(measured.theirsBuilt)),
  [`ours, stored in a file, at ${LATENCY_MS} ms a request`]: readable(fileFar),
  [`cloudflare, at ${LATENCY_MS} ms a request`]: readable(medians(measured.theirsFar)),
})

const bounds = [
  { what: "wall time, of theirs", is: file.wallMs / theirs.wallMs, atMost: 1 },
  { what: "CPU time, of theirs", is: file.cpuMs / theirs.cpuMs, atMost: 0.5 },
  { what: "peak memory, MiB", is: file.peakMiB, atMost: 120 },
  { what: `seconds at ${LATENCY_MS} ms a request`, is: fileFar.wallMs / 1000, atMost: 1.5 },
  { what: "import of the dock beyond zod's, ms", is: median(imports), atMost: 10 },
]
for (const { what, is, atMost } of bounds) {
  console.log(`${is <= atMost ? "ok    " : "MISSED"} ${what}: ${is.toFixed(2)} (at most ${atMost})`)
}
if (bounds.some(({ is, atMost }) => is > atMost)) process.exitCode = 1

function medians(measured: readonly Measured[]): Measured {
  const of = (value: (one: Measured) => number) => median(measured.map(value))
  return {
    rows: of(({ rows }) => rows),
    wallMs: of(({ wallMs }) => wallMs),
    cpuMs: of(({ cpuMs }) => cpuMs),
    peakMiB: of(({ peakMiB }) => peakMiB),
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function readable({ wallMs, cpuMs, peakMiB }: Measured) {
  return { "wall ms": Math.round(wallMs), "CPU ms": Math.round(cpuMs), "peak MiB": Math.round(peakMiB) }
}
