import type { KeyRotation } from "../../../engine/keys.ts"
import { formatCount } from "../../format/numbers.ts"

/** How a rotation ended, and what is left to do. */
export function rotationWords({ resealed, removable, kept, failures }: KeyRotation): {
  title: string
  description: string
  isWhole: boolean
} {
  const done = `${formatCount(resealed)} ${resealed === 1 ? "credential was" : "credentials were"} encrypted anew.`
  if (failures.length > 0 || kept.length > 0) {
    const why = [...new Set(failures.map(({ error }) => error.message))].join(" ")
    return {
      title: "Some credentials could not be encrypted anew",
      description: `${done} ${formatCount(failures.length)} failed. ${why} Their keys are kept; rotate again once that is mended.`,
      isWhole: false,
    }
  }
  const left = `Nothing needs ${removable.length === 1 ? "the key" : "the keys"} ${removable.join(", ")} any more: remove ${removable.length === 1 ? "it" : "them"} where the keys are kept.`
  return {
    title: "The keys are rotated",
    description: removable.length > 0 ? `${done} ${left}` : done,
    isWhole: true,
  }
}
