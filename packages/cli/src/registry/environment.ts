import { CliError } from "../framework/error.ts"

/** How a value names a variable. */
export function placeholder(variable: string): string {
  return `\${${variable}}`
}

/** The variables that a value names. */
export function variablesOf(value: string): string[] {
  return [...value.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name)
}

/** Fills in `${VARIABLES}`. What they hold goes into the request and nowhere else: not even into an error. */
export function expandAll(
  values: Readonly<Record<string, string>> | undefined,
  registry: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [
      name,
      value.replace(/\$\{(\w+)\}/g, (_, variable: string) => read(variable, registry)),
    ]),
  )
}

function read(variable: string, registry: string): string {
  const value = process.env[variable]?.trim()
  const wrong = (reason: string) =>
    new CliError({
      code: "missing_token",
      message: `The registry ${registry} needs the environment variable ${variable}, which ${reason}.`,
      hint: "Set it and run the command again. What was read before is there with --offline.",
      details: { variable },
    })
  if (!value) throw wrong("is not set")
  // What fetch says of a header that it cannot send quotes the header.
  if (!/^[\x20-\x7e]+$/.test(value)) throw wrong("holds a character that no header may have")
  return value
}
