import { chmodSync, existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { acmeRegistry } from "./acme-registry.ts"
import { emptyProject, errorOf, json, snapshot, stackdock, write } from "./command.ts"

let registry: string
beforeAll(async () => {
  registry = await acmeRegistry()
})

async function projectWith(...items: string[]): Promise<string> {
  const cwd = emptyProject()
  const outcome = await stackdock(["add", ...items, "--yes", "--no-install", "--registry", registry], { cwd })
  if (outcome.code !== 0) throw new Error(outcome.stderr)
  return cwd
}

const remove = (cwd: string, ...args: string[]) => stackdock(["remove", "--yes", "--json", ...args], { cwd })

describe.concurrent("remove", () => {
  test("takes out a dock and what only it needed, and leaves the rest as if it had never been there", async () => {
    const [cwd, never] = [await projectWith("globex", "acme"), await projectWith("globex")]
    const outcome = await remove(cwd, "acme")
    expect(outcome).toMatchObject({ code: 0 })
    expect(json(outcome)["items"]).toEqual(expect.arrayContaining(["acme", "contract"]))
    // Packages stay: the project's own code may use them by now.
    const { "package.json": _, ...rest } = snapshot(cwd)
    const { "package.json": __, ...expected } = snapshot(never)
    expect(rest).toEqual(expected)
  })

  test("keeps what the project's stackdock.ts needs when the last dock goes", async () => {
    const cwd = await projectWith("acme")
    await remove(cwd, "acme")
    expect(existsSync(join(cwd, "src/stackdock/engine/stackdock.ts"))).toBe(true)
    expect(existsSync(join(cwd, "src/stackdock/core/dock.ts"))).toBe(true)
    expect(existsSync(join(cwd, "src/stackdock/docks/acme"))).toBe(false)
  })

  test("keeps a file that somebody changed, unless told to delete it", async () => {
    const cwd = await projectWith("acme")
    const mine = "src/stackdock/docks/acme/index.ts"
    write(cwd, { [mine]: "// mine\n" })
    expect(json(await remove(cwd, "acme", "--dry-run"))).toMatchObject({ kept: [mine], dryRun: true })
    expect(json(await remove(cwd, "acme"))).toMatchObject({ kept: [mine] })
    expect(snapshot(cwd)[mine]).toBe("// mine\n")
    const forced = await projectWith("acme")
    write(forced, { [mine]: "// mine\n" })
    await remove(forced, "acme", "--delete-edited")
    expect(existsSync(join(forced, mine))).toBe(false)
  })

  test("refuses what something else needs, and what is not there", async () => {
    const cwd = await projectWith("acme")
    const before = snapshot(cwd)
    const needed = await remove(cwd, "core")
    expect(needed.code).toBe(3)
    expect(errorOf(needed).message).toContain("acme")
    const unknown = await remove(cwd, "acmee")
    expect(unknown.code).toBe(2)
    expect(errorOf(unknown).hint).toBe("Did you mean acme?")
    expect(snapshot(cwd)).toEqual(before)
  })

  test("does not follow a lock file out of the project", async () => {
    const cwd = await projectWith("acme")
    const victim = join(cwd, "../victim.ts")
    write(cwd, { "../victim.ts": "precious" })
    const lock = JSON.parse(snapshot(cwd)["stackdock.lock"] ?? "")
    lock.items.acme.files["../victim.ts"] = { target: "~/x", published: "", installed: "" }
    write(cwd, { "stackdock.lock": JSON.stringify(lock) })
    expect(errorOf(await remove(cwd, "acme", "--delete-edited")).code).toBe("unsafe_target")
    expect(existsSync(victim)).toBe(true)
  })

  test("asks first, and without a terminal fails and names --yes", async () => {
    const cwd = await projectWith("acme")
    const outcome = await stackdock(["remove", "acme"], { cwd })
    expect(outcome.code).toBe(3)
    expect(outcome.stderr).toContain("--yes")
    expect(existsSync(join(cwd, "src/stackdock/docks/acme"))).toBe(true)
  })

  test("a lock file with conflict marks is told", async () => {
    const cwd = await projectWith("acme")
    write(cwd, { "stackdock.lock": "<<<<<<< HEAD\n{}\n=======\n" })
    expect(errorOf(await remove(cwd, "acme")).message).toContain("conflict marks")
  })
})

describe.concurrent("doctor", () => {
  const doctor = async (cwd: string) => {
    const outcome = await stackdock(["doctor", "--json"], { cwd })
    const checks = json(outcome)["checks"] as {
      title: string
      state: string
      problems: string[]
      fix?: string
    }[]
    return { code: outcome.code, bad: checks.filter(({ state }) => state === "bad"), checks }
  }
  const installed = (cwd: string) => {
    for (const name of ["zod", "kysely", "vitest", "msw", "@types/node"]) {
      write(cwd, { [`node_modules/${name}/package.json`]: "{}" })
    }
  }

  test("finds nothing wrong in a project as add left it", async () => {
    const cwd = await projectWith("acme")
    installed(cwd)
    expect(await doctor(cwd)).toMatchObject({ code: 0, bad: [] })
  })

  test("an edited file is noticed, not a fault", async () => {
    const cwd = await projectWith("acme")
    installed(cwd)
    write(cwd, { "src/stackdock/core/dock.ts": "// mine\n" })
    const { code, checks } = await doctor(cwd)
    expect(code).toBe(0)
    expect(checks).toContainEqual(
      expect.objectContaining({ state: "notice", problems: ["src/stackdock/core/dock.ts"] }),
    )
  })

  test("finds each fault and gives its fix", async () => {
    const cwd = await projectWith("acme")
    rmSync(join(cwd, "src/stackdock/core/dock.ts"))
    rmSync(join(cwd, ".gitignore"))
    rmSync(join(cwd, ".stackdock/base/acme.json.gz"))
    write(cwd, { "src/stackdock/docks/index.ts": "export const docks = []\n", ".stackdock/key": "k" })
    chmodSync(join(cwd, ".stackdock/key"), 0o644)
    const { code, bad } = await doctor(cwd)
    expect(code).toBe(1)
    expect(bad.map(({ fix }) => fix)).toEqual([
      "npx stackdock add core",
      "npx stackdock add acme",
      "npm install",
      "npx stackdock add acme",
      "npx stackdock init",
      "chmod 600 .stackdock/key",
    ])
  })

  test("its fixes mend what they are given for", async () => {
    const cwd = await projectWith("acme")
    installed(cwd)
    rmSync(join(cwd, "src/stackdock/core/dock.ts"))
    rmSync(join(cwd, ".gitignore"))
    await stackdock(["add", "core", "--yes", "--no-install", "--registry", registry], { cwd })
    await stackdock(["init", "--yes"], { cwd })
    expect(await doctor(cwd)).toMatchObject({ code: 0, bad: [] })
  })

  test("a project that is not prepared is told how to start", async () => {
    expect(await doctor(emptyProject())).toMatchObject({ code: 1, bad: [{ fix: "npx stackdock init" }] })
  })
})
