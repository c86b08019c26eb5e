import { pascal, plural } from "../../openapi/names.ts"
import { keyCode } from "../path.ts"
import type { DockSpec, List, Resource } from "../spec.ts"
import { allLists, type Naming, typeName } from "./naming.ts"
import { type Pager, pagersOf, toldBeside } from "./pagers.ts"
import { usedTypes } from "./types-file.ts"

export function listShape({ noun }: List): string {
  return pascal(plural(noun))
}

export function pagingShape({ name }: Pager): string {
  return pascal(`${name} paging`)
}

/** What surrounds the items of lists, and single things. */
export function envelopesFile(spec: DockSpec, naming: Naming): string {
  const pagers = pagersOf(spec).filter(({ paging }) => toldBeside(paging).length > 0)
  const shapes = [
    ...allLists(spec).map(({ list }) => `export const ${listShape(list)} = ${itemsShape(list)}`),
    ...spec.resources.flatMap((resource) => makingShapes(resource, naming)),
    ...(spec.account
      ? [`export const AccountAnswer = ${wrapped(spec.account.within, typeName(naming, spec.account.noun))}`]
      : []),
  ]
  const imported = usedTypes(spec, naming)
  return [
    'import { z } from "zod"',
    ...(imported.length > 0 ? [`import { ${imported.join(", ")} } from "./types.ts"`] : []),
    "",
    ...pagers.flatMap((pager) => [`export const ${pagingShape(pager)} = ${pagingShapeCode(pager)}`, ""]),
    ...shapes,
    "",
  ].join("\n")
}

function itemsShape({ items, item, paging }: List): string {
  const isCursor = paging.kind === "cursor" && paging.ofItem
  const one =
    item === undefined
      ? "z.unknown()"
      : `z.looseObject({ ${isCursor ? `${keyCode(paging.next)}: z.string(), ` : ""}${keyCode(item)}: z.unknown() })`
  return wrapped(items, `z.array(${one})`)
}

function makingShapes({ list, columns, making }: Resource, naming: Naming): string[] {
  if (!making) return []
  const type = typeName(naming, list.noun)
  const id = columns["providerResourceId"]?.from ?? ""
  const name = pascal(list.noun)
  const identified = id.includes(".") ? type : `${type}.pick({ ${keyCode(id)}: true })`
  return [
    `export const One${name} = ${wrapped(making.one, type)}`,
    `export const Made${name} = ${wrapped(making.made, identified)}`,
  ]
}

function wrapped(path: string, inner: string): string {
  if (path === "") return inner
  return path
    .split(".")
    .reverse()
    .reduce((code, key) => `z.looseObject({ ${keyCode(key)}: ${code} })`, inner)
}

interface Tree {
  readonly children: Map<string, Tree | string>
  isNeeded: boolean
}

function pagingShapeCode({ paging }: Pager): string {
  const told = toldBeside(paging)
  const root: Tree = { children: new Map(), isNeeded: true }
  for (const { path, is } of told) {
    // A total guards against an end that is only a token lost on its way. So it has to be there.
    const isGuard = is === "total" && told.some((other) => other.is === "token")
    let at = root
    const keys = path.split(".")
    const last = keys.pop() ?? ""
    for (const key of keys) {
      const held = at.children.get(key)
      const inner: Tree = typeof held === "object" ? held : { children: new Map(), isNeeded: false }
      if (isGuard) inner.isNeeded = true
      at.children.set(key, inner)
      at = inner
    }
    const type = is === "token" ? "z.union([z.string(), z.int()])" : "z.int().nonnegative()"
    at.children.set(last, isGuard ? type : `${type}.nullish()`)
  }
  return objectCode(root)
}

function objectCode({ children, isNeeded }: Tree): string {
  const parts = [...children].map(
    ([key, held]) => `${keyCode(key)}: ${typeof held === "string" ? held : objectCode(held)}`,
  )
  return `z.looseObject({ ${parts.join(", ")} })${isNeeded ? "" : ".nullish()"}`
}
