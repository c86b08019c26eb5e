import type { DockSpec, Field } from "../spec.ts"
import { allLists, type Naming, typeName } from "./naming.ts"
import { shapeCode } from "./wire.ts"

interface WireType {
  readonly fields: Record<string, Field>
  readonly required: Set<string>
}

/** One shape a noun, with all that is used of it anywhere. */
export function typesFile(spec: DockSpec, naming: Naming): string {
  const types = wireTypes(spec, naming)
  const shapes = [...types].map(([name, { fields, required }]) => ({ name, ...shapeCode(fields, required) }))
  const uses = (kind: Field["is"]) => shapes.some(({ kinds }) => kinds.has(kind))
  return [
    'import { z } from "zod"',
    ...(uses("id") ? ['import { wireId } from "../../core/wire.ts"'] : []),
    "",
    ...(uses("number-id")
      ? [
          "/** Ids are numbers on the wire; always text with us. */",
          "const numberId = () =>",
          "  z.union([z.int().positive(), z.string().regex(/^\\d+$/)]).transform(String)",
          "",
        ]
      : []),
    ...shapes.flatMap(({ name, code }) => [`export const ${name} = ${code}`, ""]),
    ...usedTypes(spec, naming).flatMap((name) => [`export type ${name} = z.output<typeof ${name}>`]),
    "",
  ].join("\n")
}

/** What the client hands out one by one. */
export function usedTypes({ account, resources }: DockSpec, naming: Naming): string[] {
  const nouns = [
    ...(account ? [account.noun] : []),
    ...resources.flatMap(({ list, making }) => (making ? [list.noun] : [])),
  ]
  return [...new Set(nouns.map((noun) => typeName(naming, noun)))].sort()
}

function wireTypes(spec: DockSpec, naming: Naming): Map<string, WireType> {
  const types = new Map<string, WireType>()
  const add = (noun: string, fields: Readonly<Record<string, Field>>, required: readonly string[]) => {
    const name = typeName(naming, noun)
    const known = types.get(name) ?? { fields: {}, required: new Set<string>() }
    for (const [path, field] of Object.entries(fields)) {
      const isId = required.includes(path)
      if (isId || known.fields[path] === undefined) known.fields[path] = field
    }
    for (const path of required) known.required.add(path)
    types.set(name, known)
  }
  if (spec.account) add(spec.account.noun, spec.account.fields, [spec.account.id])
  for (const { list, resource } of allLists(spec)) {
    const id = resource?.columns["providerResourceId"]
    add(list.noun, list.fields, id ? [id.from] : [])
    if (list.within) {
      const { id: parentId, of } = list.within
      add(of.noun, of.fields, [parentId])
    }
  }
  return types
}
