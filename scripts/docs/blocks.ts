/** One command of a document, with what the document says it prints (only in `console` blocks). */
export interface DocumentedCommand {
  line: number
  command: string
  /** Only in a transcript. */
  output: string | undefined
}

/** The commands of a Markdown text: each line of a `sh` block, each `$` line of a `console` block. */
export function commandsOf(markdown: string): DocumentedCommand[] {
  const commands: DocumentedCommand[] = []
  let language: string | undefined
  markdown.split("\n").forEach((text, index) => {
    const fence = /^```(\w*)/.exec(text)
    if (fence) language = language === undefined ? fence[1] : undefined
    else if (language === "sh" && text.trim() && !text.startsWith("#")) {
      commands.push({ line: index + 1, command: text, output: undefined })
    } else if (language === "console" && text.startsWith("$ ")) {
      commands.push({ line: index + 1, command: text.slice(2), output: "" })
    } else if (language === "console") {
      const last = commands.at(-1)
      if (last) last.output = `${last.output}${text}\n`
    }
  })
  return commands
}
