import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { errorOf, folder, json, stackdock } from "./command.ts"
import { linkPackages } from "./project-kinds.ts"

const minutes = 60_000

describe("the template of a dashboard", () => {
  let dir: string

  beforeAll(async () => {
    dir = folder({})
    const made = await stackdock(["init", "--template", "dashboard", "--yes", "--json"], { cwd: dir })
    expect(made.code, made.stderr).toBe(0)
    expect(json(made)["written"]).toEqual(
      expect.arrayContaining(["src/server.ts", "src/stackdock/ui/app/dashboard.tsx", "stackdock.lock"]),
    )
    const added = ["add", "gridpane", "--yes", "--no-install", "--no-tests"]
    expect((await stackdock(added, { cwd: dir })).code).toBe(0)
    linkPackages(dir, "6", "templates")
  }, 2 * minutes)

  test("is for an empty folder", async () => {
    const again = await stackdock(["init", "--template", "dashboard", "--yes", "--json"], { cwd: dir })
    expect(errorOf(again)).toMatchObject({ code: "conflict" })
    const other = await stackdock(["init", "--template", "nothing", "--json"], { cwd: dir })
    expect(errorOf(other)).toMatchObject({ hint: "There is dashboard, convex." })
  })

  test(
    "typechecks",
    async () => {
      expect(await run(dir, "typescript/bin/tsc", [])).toEqual({ code: 0, output: "" })
    },
    10 * minutes,
  )

  test(
    "passes its own tests",
    async () => {
      const { code, output } = await run(dir, "vitest/vitest.mjs", ["run"])
      expect(code, output).toBe(0)
      for (const name of ["server", "pages", "build"]) expect(output).toContain(`src/${name}.test.ts`)
    },
    10 * minutes,
  )

  test(
    "builds and starts with one command, takes the first account, and ends when it is asked to",
    async () => {
      const server = spawn(process.execPath, ["start.mjs"], {
        cwd: dir,
        env: { ...process.env, PORT: "0", NODE_ENV: "" },
        stdio: ["ignore", "pipe", "inherit"],
      })
      try {
        const origin = await addressOf(server)
        expect(existsSync(join(dir, "dist/server/start.js"))).toBe(true)
        const page = await fetch(`${origin}/docks`)
        expect(await page.text()).toContain('<div id="root">')
        expect((await fetch(`${origin}/api/providers`)).status).toBe(401)
        const account = { name: "Mira", email: "mira@harbour.example", password: "fake-secret-password" }
        const signedUp = await fetch(`${origin}/api/auth/sign-up/email`, {
          method: "POST",
          headers: { "content-type": "application/json", origin },
          body: JSON.stringify(account),
        })
        expect(signedUp.status).toBe(200)
        const cookie = signedUp.headers
          .getSetCookie()
          .map((set) => set.split(";")[0])
          .join("; ")
        const providers = await fetch(`${origin}/api/providers`, { headers: { cookie } })
        expect(await providers.json()).toMatchObject([{ provider: "gridpane", title: "GridPane" }])
      } finally {
        server.kill("SIGTERM")
      }
      const [code] = server.exitCode === null ? await once(server, "close") : [server.exitCode]
      expect(code).toBe(0)
    },
    10 * minutes,
  )
})

/** A tool of the project; what a test runner leaves in the environment is no business of it. */
function run(cwd: string, tool: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  const { PATH, HOME, TMPDIR } = process.env
  const env = { PATH, HOME, TMPDIR, NO_COLOR: "1", CI: "1" }
  return new Promise((resolve) => {
    const script = join(cwd, "node_modules", tool)
    execFile(process.execPath, [script, ...args], { cwd, env, maxBuffer: 1e7 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : 1) : 0
      resolve({ code, output: stdout + stderr })
    })
  })
}

/** As the app says it. */
async function addressOf(server: ChildProcess): Promise<string> {
  let said = ""
  for await (const chunk of server.stdout ?? []) {
    said += String(chunk)
    const [address] = /http:\/\/localhost:\d+/.exec(said) ?? []
    if (address) return address
  }
  throw new Error(`The server ended before it listened: ${said}`)
}
