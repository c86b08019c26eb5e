import { codeFor } from "../path.ts"
import type { DockSpec } from "../spec.ts"
import { listMethod, type Naming } from "./naming.ts"

/** The dock, tied together. */
export function indexFile(spec: DockSpec, naming: Naming): string {
  const { provider, title, website, baseUrl, authentication, limits, places, resources } = spec
  const isBasic = authentication.kind === "basic"
  const fields = [
    ...(isBasic ? [`user: plain("User")`, `password: secret("Password")`] : [`token: secret("API token")`]),
    ...places.map((place) => `${place.name}: plain(${JSON.stringify(place.title)})`),
  ]
  const helpers = [...(isBasic || places.length > 0 ? ["plain"] : []), "secret"]
  const makes = resources.some(({ making }) => making)
  const taken = [
    ...(isBasic ? ["user", "password"] : ["token"]),
    ...places.map(({ name }) => name),
    "baseUrl",
  ]
  const host = JSON.stringify(new URL(baseUrl.url).host)
  return [
    `import { credentials, ${helpers.join(", ")} } from "../../core/credentials.ts"`,
    'import { defineDock } from "../../core/dock.ts"',
    `import { ${naming.client} } from "./api.ts"`,
    ...(makes ? ['import { provision } from "./provision/index.ts"'] : []),
    'import { sync } from "./sync/index.ts"',
    "",
    `export const ${naming.dock} = defineDock({`,
    `  provider: ${JSON.stringify(provider)},`,
    `  title: ${JSON.stringify(title)},`,
    `  website: ${JSON.stringify(website)},`,
    `  hosts: [${host}],`,
    ...(authentication.decide ? [`  // DECIDE: ${authentication.decide}`] : []),
    `  credentials: credentials({ ${fields.join(", ")} }),`,
    "  limits: {",
    ...(limits.decide ? [`    // DECIDE: ${limits.decide}`] : []),
    `    windows: [{ requests: ${limits.requests}, seconds: ${limits.seconds} }],`,
    `    documentedAt: ${JSON.stringify(limits.documentedAt)},`,
    "  },",
    ...(baseUrl.decide ? [`  // DECIDE: ${baseUrl.decide}`] : []),
    `  connect: ({ ${taken.join(", ")} }, http) =>`,
    `    new ${naming.client}(http.base(baseUrl ?? ${JSON.stringify(baseUrl.url)})${signed(spec)}${
      places.length > 0 ? `, { ${places.map(({ name }) => name).join(", ")} }` : ""
    }),`,
    ...verifyLines(spec),
    "  sync,",
    ...(makes ? ["  provision,"] : []),
    "})",
    "",
  ].join("\n")
}

function signed({ authentication: { kind, header } }: DockSpec): string {
  if (kind === "basic") return ".basic(user, password)"
  return kind === "header" && header ? `.header(${JSON.stringify(header)}, token)` : ".bearer(token)"
}

function verifyLines({ account, title, resources }: DockSpec): string[] {
  if (account) {
    const id = codeFor("account", account.id)
    const name = account.name ? `${codeFor("account", account.name)} || ${id}` : id
    return [
      "  async verify(api) {",
      "    const account = await api.getAccount()",
      `    return { id: ${id}, name: ${name} }`,
      "  },",
    ]
  }
  const list = firstList(resources)
  return [
    "  // DECIDE: is there a request that tells whose credential it is? Two accounts cannot be told apart by this one.",
    "  async verify(api) {",
    `    await api.${listMethod(list)}()[Symbol.asyncIterator]().next()`,
    `    return { id: "account", name: ${JSON.stringify(title)} }`,
    "  },",
  ]
}

/** One that can be asked for without knowing anything. */
export function firstList(resources: DockSpec["resources"]): DockSpec["resources"][number]["list"] {
  const [first] = resources
  if (!first) throw new TypeError("A dock has a table.")
  let { list } = resources.find(({ list: one }) => !one.within) ?? first
  while (list.within) list = list.within.of
  return list
}
