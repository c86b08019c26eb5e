import type { Description } from "../../openapi/description.ts"
import { wordsIn } from "../../openapi/names.ts"
import type { Shape } from "../../openapi/shape.ts"
import type { DockSpec, Field } from "../spec.ts"
import { type Leaf, leavesOf } from "./leaves.ts"
import { fixedSegments } from "./lists.ts"

/** What tells whose credential it is: `/account`, `/user`, `/users/me`. */
const PATHS = [
  /^(account|me|user|whoami|profile|self)$/,
  /^(account|users?|profile|auth) (me|self|current|profile|account|whoami|details|user)$/,
]

export function findAccount({ operations }: Description): DockSpec["account"] {
  for (const pattern of PATHS) {
    for (const { method, path, answer, parameters } of operations) {
      if (method !== "GET" || /\{/.test(path) || !answer || parameters.some((one) => one.required)) continue
      const words = fixedSegments(path.replace(/^\/(api|client|v\d)\//, "/"))
        .flatMap(wordsIn)
        .join(" ")
      if (!pattern.test(words)) continue
      const found = read(answer)
      if (found) return { path, ...found }
    }
  }
  return undefined
}

const IDS = [/^(id|uuid|euuid|uid)$/, /^(account|user)_(id|uuid)$/, /^(email|username|login|slug|handle)$/]
const NAMES = [/^(name|company|full_name|username|login|display_name)$/, /^email$/]

function read(answer: Shape): Omit<NonNullable<DockSpec["account"]>, "path"> | undefined {
  const wraps = [...answer.properties()].filter(
    ([key, held]) => held.types.has("object") && /^(account|user|data|result|profile|me|owner)$/.test(key),
  )
  for (const [within, shape] of [...wraps, ["", answer] as const]) {
    const leaves = leavesOf(shape).filter(({ kind }) => kind === "text" || kind === "integer")
    const id = first(leaves, IDS)
    if (!id) continue
    const name = first(
      leaves.filter(({ kind, path }) => kind === "text" && path !== id.path),
      NAMES,
    )
    const fields: Record<string, Field> = { [id.path]: { is: id.kind === "integer" ? "number-id" : "id" } }
    if (name) fields[name.path] = { is: "text" }
    return {
      within,
      noun: within === "" || within === "data" ? "account" : within,
      id: id.path,
      ...(name ? { name: name.path } : {}),
      fields,
    }
  }
  return undefined
}

function first(leaves: readonly Leaf[], patterns: readonly RegExp[]): Leaf | undefined {
  return patterns.map((pattern) => leaves.find(({ plain }) => pattern.test(plain))).find((leaf) => leaf)
}
