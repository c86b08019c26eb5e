import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { AnyDock } from "../../../../registry/core/dock.ts"
import type { DockFiles } from "./dock-files.ts"
import type { Check } from "./show.ts"

/** What every dock consists of, and what each is for. A part may be one file or a folder of that name. */
const PARTS: readonly (readonly [name: string, what: string])[] = [
  ["index.ts", "ties the dock together"],
  ["api.ts", "is the client: one method an endpoint"],
  ["types.ts", "says what the wire carries"],
  ["sync.ts", "says where rows come from, and maps them"],
  ["README.md", "tells what the dock reads, needs and does not cover"],
]

export function shape({ provider, files, home, folder }: DockFiles, definition: AnyDock | undefined): Check {
  const has = (name: string) => files.has(name) || files.has(name.replace(/\.ts$/, "/index.ts"))
  const makes = Object.keys({ ...definition?.provision, ...definition?.actions }).length > 0
  const parts = [
    ...PARTS,
    ...(makes ? [["provision.ts", "makes and removes"] as const] : []),
    [`${provider}.contract.test.ts`, "proves it all"] as const,
  ]
  const missing = parts.filter(([name]) => !has(name)).map(([name, what]) => `${name} is missing: it ${what}`)
  const recordings = existsSync(join(home.dir, folder, "recordings")) ? [] : ["recordings/ is missing"]
  return verdict("The files of a dock are there", [...missing, ...recordings], {
    title: "Files are missing",
    fix: "docs/writing-a-dock.md lists what each is for",
  })
}

/** The order in which every dock tells of itself. */
const FIELDS = [
  "provider",
  "title",
  "website",
  "hosts",
  "credentials",
  "limits",
  "connect",
  "verify",
  "problem",
  "sync",
  "provision",
  "actions",
]

export function fieldOrder(definition: AnyDock): Check {
  const present = Object.keys(definition).filter((name) => FIELDS.includes(name))
  const wanted = FIELDS.filter((name) => present.includes(name))
  const first = present.find((name, index) => name !== wanted[index])
  return verdict(
    "The parts of the dock stand in their order",
    first === undefined ? [] : [`${first} is out of its place`],
    {
      title: "The parts of the dock stand in another order than everywhere else",
      fix: `In index.ts: ${wanted.join(", ")}`,
    },
  )
}

/** Headings that a reader looks for, in this order. Others may stand between them. */
const SECTIONS = [/^Credential/, /^Endpoints/, /^Mapping/, /^Not covered/]
const SECTION_NAMES = ["Credential", "Endpoints", "Mapping", "Not covered"]

export function readme({ files }: DockFiles, definition: AnyDock | undefined): Check {
  const text = files.get("README.md") ?? ""
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading)
  const places = SECTIONS.map((section) => headings.findIndex((heading) => section.test(heading)))
  const missing = SECTION_NAMES.filter((_, index) => places[index] === -1)
  const found = places.filter((place) => place !== -1)
  const isSorted = found.every((place, index) => index === 0 || place > (found[index - 1] ?? -1))
  const untold = Object.keys(definition?.sync ?? {}).filter((table) => !text.includes(table))
  return verdict(
    "README.md has its sections",
    [
      ...missing.map((name) => `there is no section “${name}”`),
      ...(isSorted ? [] : [`the sections stand in another order than ${SECTION_NAMES.join(", ")}`]),
      ...(headings.some((heading) => /^Limits/.test(heading)) ? [] : ["there is no section “Limits”"]),
      ...untold.map((table) => `it says nothing of ${table}, which the dock fills`),
    ],
    { title: "README.md is not complete", fix: "Say it there; the README of any other dock shows how" },
  )
}

/** Whether whoever installs or runs docks hears of this one. */
export function registered({ home, provider }: DockFiles): Check {
  const title = "The dock is registered"
  if (home.kind === "project") {
    const path = `${home.root}/docks/index.ts`
    const list = existsSync(join(home.dir, path)) ? readFileSync(join(home.dir, path), "utf8") : ""
    const isListed = list.includes(`./${provider}/index`)
    return verdict(title, isListed ? [] : [`${path} does not import ${provider}`], {
      title: "The dock is not in the list of docks",
      fix: `Add it to ${path}`,
    })
  }
  const index = readFileSync(join(home.dir, "registry.json"), "utf8")
  const isListed = index.includes(`${home.root}/docks/${provider}/index.ts`)
  return verdict(title, isListed ? [] : [`registry.json does not list ${provider}`], {
    title: "The dock is not in the registry",
    fix: "Add it to publishedDocks in scripts/generate/items.ts, then: npm run generate",
  })
}

export function verdict(
  title: string,
  problems: readonly string[],
  bad: { title: string; fix: string },
): Check {
  return problems.length === 0 ? { title, state: "good", problems } : { ...bad, state: "bad", problems }
}
