import { defineCommand } from "../framework/command.ts"
import type { Output } from "../framework/output.ts"
import { openProject } from "../plan/open-project.ts"
import { type Verification, verify } from "../plan/verify.ts"
import { reach, registryOptions } from "../registry/reach.ts"
import { requireConfig } from "../state/config.ts"
import { readLock } from "../state/lock.ts"

export const command = defineCommand({
  name: "verify",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options: { offline: registryOptions.offline },
  examples: ["stackdock verify", "stackdock verify --json"],
  async run({ flags, cwd, out }) {
    const config = requireConfig(cwd)
    const { project } = await openProject(cwd, out)
    const { lock } = readLock(project.dir)
    const { registries } = reach({ registry: undefined, ...flags }, { cwd, dir: project.dir, config })
    const result = await verify(project, lock, registries)
    const ok = result.mismatches.length === 0
    out.json({ ok, ...result })
    show(result, out)
    return ok ? 0 : 1
  },
})

function show({ items, files, mismatches, unchecked }: Verification, out: Output): void {
  const { style } = out
  for (const { item, path, message, fix } of mismatches) {
    out.print(`${style.cross} ${style.bold(item)}  ${path ?? ""}`.trimEnd())
    out.print(`    ${message}`)
    out.print(`    ${style.dim("→")} ${fix}`)
  }
  for (const registry of new Set(unchecked.map((of) => of.registry))) {
    const there = unchecked.filter((of) => of.registry === registry)
    out.print(`${style.warn} Not compared with ${registry}: ${there.map(({ item }) => item).join(", ")}`)
    out.print(`    ${there[0]?.reason ?? ""}`)
  }
  if (mismatches.length > 0) return
  const count = `${items} ${items === 1 ? "item" : "items"}, ${files} ${files === 1 ? "file" : "files"}`
  const compared = unchecked.length === 0 ? ", and with what their registries publish" : ""
  out.print(`${style.tick} ${count}: the lock and the kept texts agree${compared}`)
}
