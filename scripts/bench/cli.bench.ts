import { execFileSync, spawn } from "node:child_process"
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { root } from "../run.mjs"

/** The command beside shadcn's, on the same files: from loopback for `add`, from disk for `build`. */
const stackdockBin = join(root, "packages/cli/dist/bin.js")
const shadcnBin = join(root, "scripts/node_modules/shadcn/dist/index.js")
const RUNS = 7
const FILES_PER_DOCK = 12

const scratch = mkdtempSync(join(tmpdir(), "stackdock-bench-"))
const misses: string[] = []

try {
  await benchHelp()
  await benchAdd(1)
  await benchAdd(20)
  await benchKept(20)
  await benchUpdate(20)
  await benchBuild(500)
  await benchInstall()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
if (misses.length > 0) {
  console.error(`\nMissed: ${misses.join("; ")}`)
  process.exitCode = 1
}

async function benchHelp(): Promise<void> {
  const [help = 0, version = 0, bare = 0, shadcn = 0] = await medians([
    () => time([stackdockBin, "--help"]),
    () => time([stackdockBin, "--version"]),
    () => time(["-e", "0"]),
    () => time([shadcnBin, "--help"]),
  ])
  row("--help", `${ms(help)} (bare node ${ms(bare)}, shadcn ${ms(shadcn)})`)
  row("--version", ms(version))
  bound("--help within 60 ms of bare node", help - bare <= 60)
}

async function benchAdd(count: number): Promise<void> {
  const registry = join(scratch, `add-${count}`)
  writeRegistry(registry, count)
  await time([stackdockBin, "build", "--cwd", registry])
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json")
    response.end(readFileSync(join(registry, "r", request.url ?? "")))
  })
  const base = await new Promise<string>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : "")
    })
  })
  const names = Array.from({ length: count }, (_, index) => `dock-${index}`)
  const fresh = () => {
    const dir = mkdtempSync(join(scratch, "project-"))
    writeFileSync(join(dir, "package.json"), '{ "name": "p", "type": "module" }\n')
    writeFileSync(
      join(dir, "tsconfig.json"),
      '{ "compilerOptions": { "module": "preserve", "strict": true } }\n',
    )
    return dir
  }
  const landed = (dir: string) =>
    readdirSync(join(dir, "src/stackdock/docks"), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length
  const run = async (args: (dir: string) => string[]) => {
    const dir = fresh()
    const took = await time(args(dir))
    if (landed(dir) !== count * FILES_PER_DOCK)
      throw new Error(`${args(dir).join(" ")} did not write every file`)
    rmSync(dir, { recursive: true })
    return took
  }
  const [ours = 0, theirs = 0] = await medians([
    () => run((dir) => [stackdockBin, "add", ...names, "--yes", "--registry", base, "--cwd", dir]),
    () =>
      run((dir) => [shadcnBin, "add", ...names.map((name) => `${base}/${name}.json`), "--yes", "--cwd", dir]),
  ])
  server.closeAllConnections()
  server.close()
  compare(`add ${count} of ${FILES_PER_DOCK} files`, ours, theirs)
  bound(`add ${count} in a third of shadcn's time`, ours <= theirs / 3)
}

/** What is typed again and again in a project that has its docks: nothing to write, nothing to ask a network. */
async function benchKept(count: number): Promise<void> {
  const registry = join(scratch, `kept-${count}`)
  writeRegistry(registry, count)
  await time([stackdockBin, "build", "--cwd", registry])
  const dir = mkdtempSync(join(scratch, "kept-project-"))
  writeFileSync(join(dir, "package.json"), '{ "name": "p", "type": "module" }\n')
  const names = Array.from({ length: count }, (_, index) => `dock-${index}`)
  const add = [stackdockBin, "add", ...names, "--yes", "--registry", join(registry, "r"), "--cwd", dir]
  await time(add)
  const [status = 0, again = 0, bare = 0] = await medians([
    () => time([stackdockBin, "status", "--cwd", dir]),
    () => time(add),
    () => time(["-e", "0"]),
  ])
  for (const [title, took] of [
    [`status of ${count} items`, status],
    [`add ${count} that are there`, again],
  ] as const) {
    row(title, `${ms(took)} (bare node ${ms(bare)}, ${(took / bare).toFixed(1)} times that)`)
    bound(`${title} within 250 ms`, took <= 250)
  }
}

/** Every file is newer upstream, and one of each item was edited here. */
async function benchUpdate(count: number): Promise<void> {
  const [registry, newer] = [join(scratch, "older"), join(scratch, "newer")]
  writeRegistry(registry, count)
  writeRegistry(newer, count, "// Newer.\n")
  for (const dir of [registry, newer]) await time([stackdockBin, "build", "--cwd", dir])
  const before = join(scratch, "update-before")
  mkdirSync(before)
  writeFileSync(join(before, "package.json"), '{ "name": "p", "type": "module" }\n')
  const names = Array.from({ length: count }, (_, index) => `dock-${index}`)
  await time([stackdockBin, "add", ...names, "--yes", "--registry", join(registry, "r"), "--cwd", before])
  for (const name of names) {
    const path = join(before, `src/stackdock/docks/${name}/file-0.ts`)
    writeFileSync(path, `${readFileSync(path, "utf8")}// Mine.\n`)
  }
  rmSync(join(registry, "r"), { recursive: true })
  renameSync(join(newer, "r"), join(registry, "r"))
  const run = async () => {
    const dir = mkdtempSync(join(scratch, "update-"))
    cpSync(before, dir, { recursive: true })
    const took = await time([stackdockBin, "update", "--yes", "--no-test", "--no-install", "--cwd", dir])
    const merged = readFileSync(join(dir, `src/stackdock/docks/dock-${count - 1}/file-0.ts`), "utf8")
    if (!merged.startsWith("// Newer.") || !merged.endsWith("// Mine.\n"))
      throw new Error("Nothing was merged")
    rmSync(dir, { recursive: true })
    return took
  }
  const [took = 0, bare = 0] = await medians([run, () => time(["-e", "0"])])
  row(`update of ${count} items`, `${ms(took)} (bare node ${ms(bare)})`)
  bound(`update of ${count} items within 1 s`, took <= 1000)
}

async function benchBuild(count: number): Promise<void> {
  const registry = join(scratch, "build")
  writeRegistry(registry, count)
  const clean = () => rmSync(join(registry, "r"), { recursive: true, force: true })
  const run = async (args: string[]) => {
    clean()
    const took = await time(args)
    if (readdirSync(join(registry, "r")).length < count)
      throw new Error(`${args.join(" ")} did not build every item`)
    return took
  }
  const [ours = 0, theirs = 0] = await medians([
    () => run([stackdockBin, "build", "--cwd", registry]),
    () => run([shadcnBin, "build", "registry.json", "--output", "r", "--cwd", registry]),
  ])
  compare(`build ${count} items`, ours, theirs)
  bound(`build ${count} items in half of shadcn's time`, ours <= theirs / 2)
  await benchWatch(registry, count)
}

/** From the moment that a file is written until the item is built, as a person at an editor waits. */
async function benchWatch(registry: string, count: number): Promise<void> {
  const child = spawn(process.execPath, [stackdockBin, "build", "--watch", "--cwd", registry], {
    stdio: ["ignore", "ignore", "pipe"],
  })
  let said = ""
  let hear = () => {}
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text
    hear()
  })
  const until = (text: string) =>
    new Promise<void>((resolve) => {
      hear = () => said.includes(text) && resolve()
      hear()
    })
  await until("watching")
  const file = join(registry, "docks/dock-7/file-3.ts")
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    said = ""
    const start = performance.now()
    appendFileSync(file, `// ${run}\n`)
    await until("Built dock-7")
    times.push(performance.now() - start)
  }
  child.kill("SIGINT")
  const took = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0
  row(`build --watch, 1 of ${count}`, ms(took))
  bound("build of one changed item under --watch within 100 ms", took <= 100)
}

async function benchInstall(): Promise<void> {
  const version: string = JSON.parse(
    readFileSync(join(root, "scripts/node_modules/shadcn/package.json"), "utf8"),
  ).version
  execFileSync("npm", ["pack", "--silent", "--pack-destination", scratch], {
    cwd: join(root, "packages/cli"),
  })
  const tarball = readdirSync(scratch).find((name) => name.endsWith(".tgz")) ?? ""
  const ours = installed("ours", join(scratch, tarball))
  const theirs = installed("theirs", `shadcn@${version}`)
  row(
    "installed",
    `${ours.megabytes.toFixed(1)} MB, ${ours.packages} packages (shadcn ${theirs.megabytes.toFixed(1)} MB, ${theirs.packages})`,
  )
  bound("installed at most 25 MB and 25 packages", ours.megabytes <= 25 && ours.packages <= 25)
}

function installed(name: string, what: string): { megabytes: number; packages: number } {
  const dir = join(scratch, name)
  mkdirSync(dir)
  writeFileSync(join(dir, "package.json"), "{}\n")
  const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"]
  execFileSync("npm", ["install", ...quiet, what], { cwd: dir, stdio: ["ignore", "ignore", "inherit"] })
  const modules = join(dir, "node_modules")
  const lock = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8"))
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const bytes = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  return { megabytes: bytes / 1024 / 1024, packages: Object.keys(lock.packages).length }
}

/** Items of the size of a small dock, without packages: an install would drown the difference. */
function writeRegistry(dir: string, count: number, head = ""): void {
  const source = readFileSync(join(root, "registry/core/http.ts"), "utf8").replaceAll(
    /"\.\/[\w-]+\.ts"/g,
    '"./file-0.ts"',
  )
  const items = Array.from({ length: count }, (_, index) => {
    const name = `dock-${index}`
    const files = Array.from({ length: FILES_PER_DOCK }, (_, file) => ({
      path: `docks/${name}/file-${file}.ts`,
      type: "registry:file",
      target: `~/src/stackdock/docks/${name}/file-${file}.ts`,
    }))
    for (const { path } of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), `${head}// ${path}\n${source}`)
    }
    const meta = { stackdock: { version: "1.0.0" } }
    return { name, type: "registry:item", title: name, description: name, files, meta }
  })
  const registry = {
    $schema: "https://ui.shadcn.com/schema/registry.json",
    name: "bench",
    homepage: "https://example.com",
    items,
  }
  writeFileSync(join(dir, "registry.json"), JSON.stringify(registry))
}

/** The median of each, run in turns, so that a busy moment of the machine falls on all of them. */
async function medians(actions: readonly (() => Promise<number>)[]): Promise<number[]> {
  const times: number[][] = actions.map(() => [])
  for (let run = 0; run < RUNS; run++) {
    for (const [index, action] of actions.entries()) times[index]?.push(await action())
  }
  return times.map((of) => of.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0)
}

function time(args: readonly string[]): Promise<number> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] })
    let said = ""
    child.stderr.on("data", (chunk) => {
      said += chunk
    })
    child.on("error", reject)
    child.on("close", (code) => {
      if (code === 0) resolve(performance.now() - start)
      else reject(new Error(`${args.join(" ")} ended with ${code}: ${said}`))
    })
  })
}

function compare(title: string, ours: number, theirs: number): void {
  row(title, `${ms(ours)} (shadcn ${ms(theirs)}, ${(theirs / ours).toFixed(1)} times that)`)
}

function row(title: string, value: string): void {
  console.log(`${title.padEnd(24)}  ${value}`)
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`
}

function bound(promise: string, isKept: boolean): void {
  if (!isKept) misses.push(promise)
}
