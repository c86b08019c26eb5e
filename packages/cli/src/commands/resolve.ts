import { defineCommand } from "../framework/command.ts"
import { usageError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { planResolve } from "../plan/resolve.ts"
import { requireConfig } from "../state/config.ts"
import { readConflicts, sidePath } from "../state/conflicts.ts"
import { applyChanges } from "../transaction/apply.ts"
import { recoverInterrupted } from "../transaction/recover.ts"

const options = {
  mine: { type: "boolean", summary: "Keep your lines in each conflict that is left" },
  theirs: { type: "boolean", summary: "Take upstream's lines in each conflict that is left" },
} as const

export const command = defineCommand({
  name: "resolve",
  usage: "[path...] [options]",
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  options,
  examples: ["stackdock resolve", "stackdock resolve src/stackdock/core/http.ts --mine"],
  async run({ args, flags, cwd, out }) {
    if (flags.mine && flags.theirs)
      throw usageError("--mine and --theirs are opposites.", "Give one of them.")
    const { dir } = requireConfig(cwd)
    recoverInterrupted(dir)
    const unfinished = readConflicts(dir)
    const known = unfinished.map(({ path }) => path)
    for (const path of args)
      if (!known.includes(path))
        throw usageError(`${path} has no conflict of an update.`, didYouMean(path, known))
    const side = flags.mine ? "mine" : flags.theirs ? "theirs" : undefined
    const { resolved, left, changes } = planResolve(dir, args.length > 0 ? args : known, side)
    // Lines that go by a choice of side can come back; what was decided by hand is not ours to take back.
    applyChanges(dir, changes, side ? { undo: { as: ["resolve", ...args].join(" ") } } : {})

    const style = out.noteStyle
    for (const path of resolved) out.note(`${style.tick} ${path}`)
    for (const { path, markers } of left) {
      out.note(`${style.cross} ${path} ${style.dim(markers === 1 ? "1 conflict" : `${markers} conflicts`)}`)
      out.note(`    ${style.dim(`yours: ${sidePath(path, "mine")}`)}`)
      out.note(`    ${style.dim(`upstream's: ${sidePath(path, "theirs")}`)}`)
    }
    const isDone = known.length === resolved.length
    if (left.length > 0) {
      out.note(`  ${style.dim("→")} Edit the lines between <<<<<<< and >>>>>>>, or give --mine or --theirs.`)
      out.note(`    Then: npx stackdock resolve`)
    } else if (isDone) {
      const said = known.length > 0 ? "The update is finished" : "No update is unfinished"
      out.note(`${style.tick} ${said}`)
      if (known.length > 0)
        out.note(`  ${style.dim("→")} Typecheck and run the tests: it was merged unchecked.`)
    }
    out.json({ resolved, left })
    return isDone ? 0 : 3
  },
})
