import * as z from "zod"

/** Lower-case, because an item's name is a file name on disks that do not tell cases apart. */
export const itemName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters and digits with single dashes between")
  .max(64)

/** `zod@^4.6.7` or `@types/node@^20.19.0`: always with a range, so that two projects get the same. */
const packageSpec = z
  .string()
  .regex(/^(@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*@[\w.^~*<>=| -]+$/, "must be name@range")

/** The short name of a registry in a project: `@acme`. `@stackdock` is the one that comes with the command. */
export const namespace = z
  .string()
  .regex(/^@[a-z0-9]+(-[a-z0-9]+)*$/, "must be @ and lower-case letters, digits and single dashes")
  .max(64)

/**
 * `core` of the same registry, `@stackdock/core` of another by its short name, or the address of one: never a bare name
 * that another registry could answer to.
 */
const dependency = z
  .string()
  .max(300)
  .regex(
    /^((@[a-z0-9]+(-[a-z0-9]+)*\/)?[a-z0-9]+(-[a-z0-9]+)*|https?:\/\/[^\s?#@]+\/[a-z0-9]+(-[a-z0-9]+)*\.json)$/,
    "must be an item's name, @registry/name, or the address of its .json",
  )

/** Part of a file's name in the built registry. */
export const itemVersion = z
  .string()
  .regex(/^[0-9A-Za-z][0-9A-Za-z.+-]*$/, "must be a version such as 1.2.0")
  .max(64)

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hexadecimal")

const file = z.object({
  path: z.string().min(1),
  type: z.string().startsWith("registry:"),
  target: z.string().min(1),
})

/** What an item without a version counts as. */
export const UNVERSIONED = "0.0.0"

/**
 * - `dock`: one provider.
 * - `app`: what a person adds by name to see and serve their rows: pages, a server, sign-in.
 * - `component`: laid down where the project has none of that name from shadcn/ui.
 * - `shared`: what the others lean on.
 */
export const itemKind = z.enum(["dock", "app", "component", "shared"])

const stackdockMeta = z.object({
  kind: itemKind.default("shared"),
  version: itemVersion.default(UNVERSIONED),
  /** Which versions of shared items it works with: semver ranges by item. */
  needs: z.record(itemName, z.string()).optional(),
  /** Packages that a project must have set up already: what they are for is more than a line in package.json. */
  expects: z.array(z.string()).optional(),
  /** What became of files that earlier versions had: old target to new, or to several where one was split. */
  renames: z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])).optional(),
  /** The rest is for docks. */
  provider: itemName.optional(),
  title: z.string().optional(),
  /** JSON Schema of what `connect` asks for; secrets are `writeOnly`. */
  credentials: z.record(z.string(), z.unknown()).optional(),
  tables: z.array(z.string()).optional(),
  provisions: z.array(z.string()).optional(),
  /** The hosts that its code calls. */
  hosts: z.array(z.string()).optional(),
  /** The hosts that its code names and never calls: of links in rows, of documentation. */
  links: z.array(z.string()).optional(),
  /** Targets that only tests need. */
  tests: z.array(z.string()).default([]),
})

/** An item as a registry's own `registry.json` lists it: its files are still on disk. */
const sourceItem = z
  .object({
    name: itemName,
    type: z.string().startsWith("registry:"),
    title: z.string().optional(),
    description: z.string().optional(),
    dependencies: z.array(packageSpec).default([]),
    devDependencies: z.array(packageSpec).default([]),
    registryDependencies: z.array(dependency).default([]),
    /** What a person does next. */
    docs: z.string().optional(),
    files: z.array(file).min(1),
    meta: z.looseObject({ stackdock: stackdockMeta.prefault({}) }).prefault({}),
  })
  .refine(({ meta }) => meta.stackdock.kind !== "dock" || meta.stackdock.provider !== undefined, {
    message: "a dock names its provider",
    path: ["meta", "stackdock", "provider"],
  })

const publishedMeta = stackdockMeta.extend({
  /** Where its registry is published. Dependencies below it are items of the registry that this one was read from. */
  url: z.string().optional(),
  /** SHA-256 of each file's content, by target. A universal item of another tool has none. */
  files: z.record(z.string(), sha256).optional(),
})

/** An item as the index of a built registry lists it: hashes, no contents. */
const indexItem = z.object({
  ...sourceItem.shape,
  meta: z.looseObject({ stackdock: publishedMeta.prefault({}) }).prefault({}),
})

/** An item as it is published: `<name>.json`. */
export const publishedItem = z.object({
  ...indexItem.shape,
  $schema: z.string().optional(),
  files: z.array(file.extend({ content: z.string() })).min(1),
})

const registry = z.object({
  $schema: z.string().optional(),
  name: z.string().min(1),
  homepage: z.string(),
})

export const sourceRegistry = registry.extend({ items: z.array(sourceItem) })
export const registryIndex = registry.extend({ items: z.array(indexItem) })

export type SourceItem = z.infer<typeof sourceItem>
export type SourceRegistry = z.infer<typeof sourceRegistry>
export type IndexItem = z.infer<typeof indexItem>
export type RegistryIndex = z.infer<typeof registryIndex>
export type PublishedItem = z.infer<typeof publishedItem>
export type PublishedFile = PublishedItem["files"][number]

/** `items[3].files[0].target: must …`, one line a problem. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => {
    const where = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("")
    return `${where.replace(/^\./, "") || "the document"}: ${message}`
  })
}
