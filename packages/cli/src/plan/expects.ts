import { CliError } from "../framework/error.ts"
import type { Project } from "../project/detect.ts"
import { dependsOn } from "../project/manifest.ts"
import type { ResolvedItem } from "../registry/resolve.ts"

/** As people call them. */
const titles: Readonly<Record<string, string>> = {
  react: "React",
  "react-dom": "React",
  tailwindcss: "Tailwind CSS",
}

/** What sets such a package up in a project, and leaves it out of package.json itself. */
const bringers: Readonly<Record<string, readonly string[]>> = {
  tailwindcss: ["@tailwindcss/vite", "@tailwindcss/postcss", "@tailwindcss/cli"],
}

/** What stands in the way of typechecking components, in words. */
export function componentHints({ typescript }: Project, items: readonly ResolvedItem[]): string[] {
  const { tsconfig, jsx, lib } = typescript
  const hasComponents = items.some(({ item }) => item.files.some(({ target }) => target.endsWith(".tsx")))
  if (tsconfig === undefined || !hasComponents) return []
  return [
    ...(jsx === undefined ? [`${tsconfig} does not compile JSX: set "jsx": "react-jsx".`] : []),
    ...(lib && !lib.includes("dom") ? [`${tsconfig} knows no browser: add "DOM" to "lib".`] : []),
  ]
}

/**
 * Refuses pages in a project that could not show them. To write React into package.json would make it no React project:
 * that takes a bundler, a compiler's settings, a style sheet.
 */
export function refuseUnprepared({ manifest, components }: Project, items: readonly ResolvedItem[]): void {
  const expecting = items.filter(({ item }) => item.meta.stackdock.expects !== undefined)
  const expected = [...new Set(expecting.flatMap(({ item }) => item.meta.stackdock.expects ?? []))]
  const missing = expected.filter(
    (name) => ![name, ...(bringers[name] ?? [])].some((one) => dependsOn(manifest, one)),
  )
  const [first] = expecting.filter(({ requested }) => requested).concat(expecting)
  const wanted = first?.item.title ?? first?.item.name ?? ""
  if (missing.length > 0) {
    const names = [...new Set(missing.map((name) => titles[name] ?? name))].join(" and ")
    throw new CliError({
      code: "unprepared",
      message: `${wanted} needs a project with ${names}, and package.json names no ${missing.join(", no ")}.`,
      hint: `Nothing was written. Set up ${names} and run the command again, or begin with an app that has it all: npx stackdock init --template dashboard, in an empty folder.`,
      exitCode: 3,
      details: { missing },
    })
  }
  if (components.prefix === "" || !expected.includes("tailwindcss")) return
  throw new CliError({
    code: "unprepared",
    message: `components.json gives Tailwind's classes the prefix "${components.prefix}", and ${wanted} is written without one.`,
    hint: "Nothing was written. Add it to an app of its own: npx stackdock init --template dashboard, in an empty folder.",
    exitCode: 3,
    details: { prefix: components.prefix },
  })
}
