import { type Command, commonOptions, type Options } from "./command.ts"
import { alignColumns } from "./output.ts"
import { kebab } from "./parse.ts"
import type { Style } from "./style.ts"

export function overview(
  groups: readonly { title: string; commands: Readonly<Record<string, { summary: string }>> }[],
  style: Style,
): string {
  const lines = [
    `${style.bold("stackdock")} copies the source of infrastructure provider integrations into your project, and runs them.`,
    "",
    `${style.dim("Usage")}  stackdock <command> [options]`,
  ]
  const names = groups.flatMap(({ commands }) => Object.keys(commands))
  const longest = Math.max(...names.map((name) => name.length))
  for (const { title, commands } of groups) {
    lines.push("", style.dim(title))
    for (const [name, { summary }] of Object.entries(commands)) {
      lines.push(`  ${style.cyan(name.padEnd(longest))}  ${summary}`)
    }
  }
  lines.push("", `${style.dim("More")}   stackdock <command> --help`, "")
  return lines.join("\n")
}

export function commandHelp(command: Command, summary: string, style: Style): string {
  const lines = [
    summary,
    "",
    `${style.dim("Usage")}  stackdock ${command.name} ${command.usage}`.trimEnd(),
    "",
    style.dim("Options"),
    ...optionLines({ ...command.options, ...commonOptions }, style),
    "",
    style.dim("Examples"),
    ...command.examples.map((example) => `  ${example}`),
    "",
  ]
  return lines.join("\n")
}

function optionLines(options: Options, style: Style): string[] {
  const rows = Object.entries(options).map(([name, option]) => [
    `  ${option.short ? `-${option.short}, ` : "    "}${style.cyan(`--${kebab(name)}`)}${option.value ? ` ${option.value}` : ""}`,
    option.summary,
  ])
  return alignColumns([{ title: "" }, { title: "" }], rows, style)
}
