import { defineCommand } from "../framework/command.ts"
import type { Output } from "../framework/output.ts"
import { openProject } from "../plan/open-project.ts"
import { type FileStatus, type ItemStatus, readStatus } from "../plan/status.ts"
import { reach, registryOptions } from "../registry/reach.ts"
import { requireConfig } from "../state/config.ts"
import { readLock } from "../state/lock.ts"

export const command = defineCommand({
  name: "status",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options: { offline: registryOptions.offline },
  examples: ["stackdock status", "stackdock status --json"],
  async run({ flags, cwd, out }) {
    const config = requireConfig(cwd)
    const { project } = await openProject(cwd, out)
    const { lock } = readLock(project.dir)
    const { registries } = reach({ registry: undefined, ...flags }, { cwd, dir: project.dir, config })
    const items = await readStatus(project, lock, registries)
    out.json({ items })
    show(items, out)
    return 0
  },
})

function show(items: readonly ItemStatus[], out: Output): void {
  const { style } = out
  if (items.length === 0) {
    out.note("Nothing was added yet.")
    out.note(`  ${out.noteStyle.dim("→")} npx stackdock list`)
    return
  }
  const colour = {
    clean: style.green,
    edited: style.cyan,
    missing: style.red,
    outdated: style.yellow,
    orphaned: style.yellow,
  }
  out.table(
    [{ title: "" }, { title: "" }, { title: "" }, { title: "" }],
    items.map((item) => [
      item.requested ? style.bold(item.name) : item.name,
      versions(item),
      colour[item.state](item.state),
      style.dim(counts(item.files)),
    ]),
  )
  for (const item of items) showFiles(item, out)
  conclude(items, out)
}

function versions({ version, latest, upstream }: ItemStatus): string {
  return upstream === "changed" && latest !== null && latest !== version ? `${version} → ${latest}` : version
}

/** `87 files: 2 edited, 1 missing, 3 reformatted`. */
function counts(files: readonly FileStatus[]): string {
  const count = (word: string, is: (file: FileStatus) => boolean) => {
    const number = files.filter(is).length
    return number > 0 ? [`${number} ${word}`] : []
  }
  const facts = [
    ...count("edited", ({ state }) => state === "edited"),
    ...count("renamed", ({ renamedTo }) => renamedTo !== null),
    ...count("missing", ({ state }) => state === "missing"),
    ...count("reformatted", ({ reformatted }) => reformatted),
    ...count("changed upstream", ({ upstream }) => upstream === "changed"),
    ...count("gone upstream", ({ upstream }) => upstream === "removed"),
  ]
  const all = `${files.length} ${files.length === 1 ? "file" : "files"}`
  return facts.length > 0 ? `${all}: ${facts.join(", ")}` : all
}

function showFiles({ name, upstream, reason, files }: ItemStatus, out: Output): void {
  const { style } = out
  const touched = files.filter(({ state }) => ["edited", "missing", "renamed"].includes(state))
  // That a registry could not be asked is told once, below.
  const why = upstream === "unknown" ? null : reason
  if (touched.length === 0 && why === null) return
  out.print()
  out.print(style.bold(name) + (why === null ? "" : style.dim(`  ${why}`)))
  for (const { path, state, renamedTo, upstream } of touched) {
    const place = renamedTo === null ? path : `${path} → ${renamedTo}`
    out.print(
      `  ${state.padEnd(8)}  ${place}${upstream === "changed" ? style.dim("  also changed upstream") : ""}`,
    )
  }
}

function conclude(items: readonly ItemStatus[], out: Output): void {
  const style = out.noteStyle
  const next = (command: string, what: string) =>
    out.note(`  ${style.dim("→")} ${command}  ${style.dim(what)}`)
  const having = (...states: FileStatus["state"][]) =>
    items.filter(({ files }) => files.some(({ state }) => states.includes(state))).map(({ name }) => name)
  out.note()
  if (having("edited").length > 0) next("npx stackdock diff", "your edits and what is new")
  if (having("missing").length > 0) {
    next(`npx stackdock add ${having("missing").join(" ")}`, "brings missing files back")
  }
  if (items.some(({ state }) => state === "outdated"))
    next("npx stackdock update", "merges what is new into yours")
  const unasked = items.filter(({ upstream }) => upstream === "unknown")
  for (const registry of new Set(unasked.map((item) => item.registry))) {
    const reason = unasked.find((item) => item.registry === registry)?.reason ?? ""
    out.warn(`Whether ${registry} has anything newer is not known. ${reason}`)
  }
  if (unasked.some(({ registry }) => registry !== "bundled")) {
    next("npx stackdock status --offline", "goes by what the registry said before")
  }
}
