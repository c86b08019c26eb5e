import { camel, kebab, pascal, sentence } from "../../openapi/names.ts"
import { codeFor, keyCode } from "../path.ts"
import type { DockSpec, Making, MakingInput, Resource } from "../spec.ts"
import { kindOf, listMethod, type Naming, typeName, variable } from "./naming.ts"
import { statusName, watchWords } from "./sync-files.ts"

export function provisionIndexFile({ resources }: DockSpec): string {
  const made = resources.filter(({ making }) => making)
  return [
    ...made.map((resource) => `import { ${kindOf(resource)} } from "./${kebab(resource.table)}.ts"`).sort(),
    "",
    `export const provision = { ${made.map(kindOf).join(", ")} }`,
    "",
  ].join("\n")
}

/** How one of a table is made, watched and removed. */
export function provisionFile(resource: Resource, making: Making, naming: Naming): string {
  const { table, list } = resource
  const name = pascal(list.noun)
  const item = variable(list.noun)
  const type = typeName(naming, list.noun)
  const mark = markOf(resource)
  const isSecret = making.inputs.some(({ is }) => is === "secret")
  const watched = watchLines(resource)
  const step = list.noun
  return [
    'import { z } from "zod"',
    ...(isSecret ? ['import { secret } from "../../../core/credentials.ts"'] : []),
    'import { provision } from "../../../core/provision.ts"',
    `import type { ${naming.client} } from "../api.ts"`,
    'import { unlessGone } from "../gone.ts"',
    ...(watched.usesStatus ? [`import { ${statusName(resource)} } from "../sync/${kebab(table)}.ts"`] : []),
    ...(mark ? [`import { ${type} } from "../types.ts"`, 'import { findIn } from "./find.ts"'] : []),
    "",
    "const Input = z.strictObject({",
    ...making.inputs.map((input) => `  ${camel(input.name)}: ${inputCode(input)},`),
    "})",
    "",
    `export const ${kindOf(resource)} = provision({`,
    `  table: "${table}",`,
    `  title: ${JSON.stringify(sentence(list.noun))},`,
    "  input: Input,",
    "  steps: [",
    "    {",
    `      name: ${JSON.stringify(step)},`,
    ...(mark
      ? [
          ...(making.decide ? [`      // DECIDE: ${making.decide}`] : []),
          `      find: (api: ${naming.client}, input) =>`,
          `        findIn("GET ${list.path}", api.${listMethod(list)}(), ${type}, (${item}) => ${mark.optional ? `input.${mark.input} !== undefined && ` : ""}${codeFor(item, mark.path)} === input.${mark.input}, (${item}) => ${idCode(resource, item)}),`,
        ]
      : [
          "      // DECIDE: how is what an interrupted try has made found again? Without `find`, a person has to look.",
        ]),
    `      create: async (api: ${naming.client}, input) => ({`,
    `        id: await api.create${name}({`,
    ...making.inputs.map(({ name: wire }) => `          ${keyCode(wire)}: input.${camel(wire)},`),
    "        }),",
    "      }),",
    "      undo: async (api, { id }) => {",
    `        await unlessGone(api.delete${name}(id))`,
    "      },",
    "    },",
    "  ],",
    `  async observe(api, made) {`,
    `    const item = await unlessGone(api.get${name}(made[${JSON.stringify(step)}]?.id ?? ""))`,
    '    if (!item) return { state: "failed", code: "not_found", message: "It is not there any more." }',
    ...watched.lines,
    '    return { state: "ready", item }',
    "  },",
    `  async destroy(api: ${naming.client}, { providerResourceId }) {`,
    `    await unlessGone(api.delete${name}(providerResourceId))`,
    "  },",
    `  isGone: async (api, { providerResourceId: id }) => (await unlessGone(api.get${name}(id))) === undefined,`,
    "})",
    "",
  ].join("\n")
}

function idCode({ columns }: Resource, item: string): string {
  return (columns["providerResourceId"]?.from ?? "id")
    .split(".")
    .reduce((code, key) => code + codeFor("", key), item)
}

/** What an item is found by: the input that goes into its name. */
export function markOf({
  columns,
  making,
}: Resource): { path: string; input: string; optional: boolean } | undefined {
  const path = columns["name"]?.from
  const input = making?.inputs.find(({ name }) => name === path && path !== undefined)
  return path !== undefined && input
    ? { path, input: camel(input.name), optional: !input.required }
    : undefined
}

function watchLines(resource: Resource): { lines: string[]; usesStatus: boolean } {
  const { pending, failed } = watchWords(resource)
  const from = resource.status.from
  const isOpen = from !== undefined && pending.length === 0 && resource.status.open.length > 0
  const decide =
    "which words of its status say that it is not ready yet? Until that is said, it is ready at once."
  const mark = isOpen ? [`    // DECIDE: ${decide}`] : []
  if (from === undefined || pending.length + failed.length === 0) return { lines: mark, usesStatus: false }
  const any = (words: readonly string[]) => words.map((word) => `status === "${word}"`).join(" || ")
  return {
    usesStatus: true,
    lines: [
      ...mark,
      `    const { status, providerStatus } = ${statusName(resource)}(${codeFor("item", from)})`,
      ...(pending.length > 0
        ? [
            `    if (${any(pending)}) return { state: "pending", ...(providerStatus ? { progress: providerStatus } : {}) }`,
          ]
        : []),
      ...(failed.length > 0
        ? [
            `    if (${any(failed)}) return { state: "failed", code: status, message: \`Its status is \${providerStatus}.\`, item }`,
          ]
        : []),
    ],
  }
}

function inputCode(input: MakingInput): string {
  const { name, is, required, description } = input
  const title = sentence(name)
  if (is === "secret") return `secret(${JSON.stringify(title)})${required ? "" : ".optional()"}`
  const about = [
    `title: ${JSON.stringify(title)}`,
    ...(description ? [`description: ${JSON.stringify(description)}`] : []),
  ]
  const type = `${typeCode(input)}${required ? "" : ".optional()"}`
  const inline = `${type}.meta({ ${about.join(", ")} })`
  if (inline.length + name.length < 95) return inline
  // Open from the start: formatters change their mind about long chains on a second look.
  return `${type}.meta({\n${about.map((line) => `    ${line},\n`).join("")}  })`
}

function typeCode({ is, words = [] }: MakingInput): string {
  switch (is) {
    case "words":
      return `z.enum(${JSON.stringify(words)})`
    case "texts":
      return "z.array(z.string().min(1))"
    case "integer":
      return "z.int()"
    case "number":
      return "z.number()"
    case "flag":
      return "z.boolean()"
    default:
      return "z.string().min(1)"
  }
}
