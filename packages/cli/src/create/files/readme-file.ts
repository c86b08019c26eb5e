import { sentence } from "../../openapi/names.ts"
import { columnOrder } from "../rows.ts"
import type { DockSpec, Resource } from "../spec.ts"
import { allLists, kindOf } from "./naming.ts"
import { markOf } from "./provision-files.ts"

/** What a reader wants to know of the dock, in the order of all docks. */
export function readmeFile(spec: DockSpec): string {
  const { title, resources, baseUrl, authentication, places, limits } = spec
  const made = resources.filter(({ making }) => making)
  const fields = authentication.kind === "basic" ? "`user` and `password`." : "`token`: an API token."
  return [
    `# ${title}`,
    "",
    `Reads ${listed(resources.map(({ table }) => words(table)))} of a ${title} account.${made.length > 0 ? ` Makes and removes ${listed(made.map(({ table }) => words(table)))}.` : ""}`,
    "",
    "## Credential",
    "",
    `${fields} <!-- DECIDE: where is it made, and what must it be allowed to do? -->`,
    ...places.map(({ name, title: place }) => `\`${name}\`: ${place.toLowerCase()}, which no request tells.`),
    `The optional \`baseUrl\` replaces \`${baseUrl.url}\`.`,
    "",
    "## Endpoints",
    "",
    ...table(
      ["Endpoint", "Used for"],
      [
        ...(spec.account ? [[`\`GET ${spec.account.path}\``, "`verify`"]] : []),
        ...allLists(spec).map(({ list, resource }) => [
          `\`GET ${list.path}\``,
          [
            resource
              ? `\`${resource.table}\`${list.within ? `, one scope a ${list.within.of.noun}` : ""}`
              : "",
            ...resources
              .filter((other) => other.list.within?.of.path === list.path)
              .map((other) => `where to look for \`${other.table}\``),
          ]
            .filter(Boolean)
            .join("; "),
        ]),
        ...made.map((resource) => [
          `\`POST ${resource.list.path}\`, \`GET\`, \`DELETE ${resource.making?.path}\``,
          `kind \`${kindOf(resource)}\``,
        ]),
      ],
    ),
    "",
    "## Limits",
    "",
    limits.decide
      ? `${limits.requests} requests in ${limits.seconds} seconds, until somebody has looked up what is allowed.`
      : `${limits.requests} requests in ${limits.seconds} seconds, as [documented](${limits.documentedAt}).`,
    "## Mapping",
    "",
    ...table(["Table", "Column", "From"], resources.flatMap(mappingRows)),
    "",
    ...(made.length > 0
      ? [
          "## Making and removing",
          "",
          ...table(
            ["Kind", "Found again after an interruption"],
            made.map((resource) => [
              `\`${kindOf(resource)}\``,
              markOf(resource) ? "by its name" : "by nothing: a person has to look",
            ]),
          ),
          "",
        ]
      : []),
    "## Not covered, and not certain",
    "",
    sourceNote(spec),
    "- What is still open is marked `DECIDE:` in the source.",
    "",
  ].join("\n")
}

function sourceNote({ source }: DockSpec): string {
  const made = {
    document:
      "made from the provider's document, and its recordings are made up in the form that is described there",
    traffic: "made from captured answers, and its recordings are made up in their form",
    nothing: "made before the provider's API was looked at, and its recordings are made up",
  }[source]
  return `- This dock was ${made}. Nothing was captured from a live account.`
}

function mappingRows({ table: name, columns, status }: Resource): string[][] {
  const rows = columnOrder(name).flatMap((column) => {
    if (column === "status") {
      return [["", "status", status.from ? `\`${status.from}\`` : `always ${status.always ?? "unknown"}`]]
    }
    const source = columns[column]
    if (!source || column === "providerStatus") return []
    const told = source.as === "scope" ? "the scope" : `\`${source.from}\``
    return [
      [
        "",
        column === "providerResourceId" ? "id" : column,
        source.as === "as it is" || source.as === "scope" ? told : `${told}, ${source.as}`,
      ],
    ]
  })
  return rows.map((row, index) => (index === 0 ? [name, ...row.slice(1)] : row))
}

function words(name: string): string {
  return sentence(name)
    .toLowerCase()
    .replace(/\bdns\b/, "DNS")
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`
}

/** Aligned, as formatters leave it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")))
  const widths = head.map((title, index) =>
    Math.max(title.length, ...escaped.map((row) => row[index]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(" | ")} |`
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...escaped.map(line)]
}
