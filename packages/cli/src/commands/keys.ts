import { resolve } from "node:path"
import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import { formatKeyset, generateKey, type Keyset, parseKeyset } from "../../../../registry/security/keyset.ts"
import { type Context, defineCommand, type Options } from "../framework/command.ts"
import { usageError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import type { Output } from "../framework/output.ts"
import { count, printable } from "../runtime/format.ts"
import { readKeyset, writeKeyset } from "../runtime/keyset-file.ts"
import { withStackdock } from "../runtime/run.ts"

const options = {
  file: { type: "string", value: "<path>", summary: "Export to this file, or import from it" },
  newPrimary: {
    type: "boolean",
    summary: "Export with a new primary key in front, for keys in the environment",
  },
} as const satisfies Options

type Work = (stackdock: Stackdock, context: Context<typeof options>) => Promise<number>

const actions: Readonly<Record<string, Work>> = { status, rotate, export: exportKeys, import: importKeys }

/** For keys that are kept elsewhere, such as in the environment of a deployment: these need no project. */
const standalone: Readonly<Record<string, (context: Context<typeof options>) => Promise<number>>> = {
  new: async ({ out }) => show({ primary: await generateKey(), older: [] }, out),
  async next({ flags, cwd, out }) {
    const path = flags.file === undefined ? undefined : resolve(cwd, flags.file)
    const text = (await readKeyset(path, process.stdin)).reveal()
    const { primary, older } = await parseKeyset(text, "What was given")
    return show({ primary: await generateKey(), older: [primary, ...older] }, out)
  },
}

function show(keyset: Keyset, out: Output): number {
  const text = formatKeyset(keyset)
  out.warn("With these keys and the database, every credential can be read. Keep them in a password manager.")
  out.print(text)
  out.json(JSON.parse(text))
  return 0
}

export const command = defineCommand({
  name: "keys",
  usage: "<status|rotate|export|import|new|next> [options]",
  args: { min: 1, max: 1 },
  options,
  examples: [
    "stackdock keys status",
    "stackdock keys rotate",
    "stackdock keys export --file keys.json",
    "stackdock keys import < keys.json",
    "stackdock keys new | npx convex env set STACKDOCK_KEYS",
  ],
  async run(context) {
    const [name = ""] = context.args
    const work = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (work) return await withStackdock(context.cwd, (stackdock) => work(stackdock, context))
    const alone = Object.hasOwn(standalone, name) ? standalone[name] : undefined
    if (alone) return await alone(context)
    const names = [...Object.keys(actions), ...Object.keys(standalone)]
    throw usageError(`keys cannot "${name}".`, didYouMean(name, names) ?? `It can ${names.join(", ")}.`)
  },
})

async function status(stackdock: Stackdock, { out }: Context<typeof options>): Promise<number> {
  const { keys, unreadable } = await stackdock.keyStatus()
  out.json({ keys, unreadable })
  if (keys.length === 0) out.note("There is no key yet: the first connect makes it.")
  const { style } = out
  const colour = { primary: style.green, older: style.yellow, missing: style.red }
  if (keys.length > 0) {
    out.table(
      [{ title: "Key" }, { title: "State" }, { title: "Credentials", align: "right" }],
      keys.map(({ id, state, credentials }) => [printable(id), colour[state](state), count(credentials)]),
    )
  }
  if (unreadable > 0) out.warn(`${count(unreadable)} stored credentials are no encrypted envelopes.`)
  if (keys.some(({ state }) => state === "missing")) {
    out.warn(
      "Credentials need a key that is missing. If you have exported it: npx stackdock keys import --file <path>",
    )
  } else if (keys.some(({ state }) => state === "older")) {
    out.note(`Older keys go when nothing needs them. ${out.noteStyle.dim("→")} npx stackdock keys rotate`)
  }
  return 0
}

async function rotate(stackdock: Stackdock, { out }: Context<typeof options>): Promise<number> {
  const rotation = await stackdock.rotateKeys()
  out.json(rotation)
  const { primary, isContinued, resealed, dropped, removable, kept, failures } = rotation
  const { style } = out
  const what = isContinued ? "Finished the rotation that was under way: the key" : "The new key is"
  out.print(`${style.tick} ${what} ${style.bold(printable(primary))}`)
  out.print(`  ${count(resealed)} credentials were encrypted anew.`)
  if (dropped.length > 0)
    out.print(`  Gone, because nothing needs it any more: ${dropped.map(printable).join(", ")}`)
  if (removable.length > 0) {
    out.print(
      `  Nothing needs ${removable.map(printable).join(", ")} any more: remove it where your keys are kept.`,
    )
  }
  for (const { dockId, error } of failures) {
    out.print(`${style.cross} ${printable(dockId)}: ${printable(error.message)}`)
  }
  if (kept.length > 0) {
    out.print(
      `  Still needed: ${kept.map(printable).join(", ")}. Connect those docks again, then rotate once more.`,
    )
  }
  if (dropped.length > 0) {
    out.warn(
      "A backup of the database from before needs the old key: keep an export of it as long as the backup.",
    )
  }
  return failures.length > 0 ? 1 : 0
}

async function exportKeys(
  stackdock: Stackdock,
  { flags, cwd, out }: Context<typeof options>,
): Promise<number> {
  const keyset = await stackdock.exportKeys({ withNewPrimary: flags.newPrimary })
  out.warn("With these keys and the database, every credential can be read. Keep them in a password manager.")
  if (flags.file === undefined) {
    out.print(keyset.reveal())
    out.json(JSON.parse(keyset.reveal()))
    return 0
  }
  writeKeyset(resolve(cwd, flags.file), keyset)
  out.json({ file: flags.file })
  out.print(`${out.style.tick} Exported to ${flags.file}, readable by you alone`)
  return 0
}

async function importKeys(
  stackdock: Stackdock,
  { flags, cwd, out }: Context<typeof options>,
): Promise<number> {
  const path = flags.file === undefined ? undefined : resolve(cwd, flags.file)
  const { added } = await stackdock.importKeys(await readKeyset(path, process.stdin))
  out.json({ added })
  out.print(
    added.length > 0
      ? `${out.style.tick} Imported ${added.map(printable).join(", ")}`
      : `${out.style.tick} Nothing to import: these keys are here already`,
  )
  out.note(`  ${out.noteStyle.dim("→")} npx stackdock keys status`)
  return 0
}
