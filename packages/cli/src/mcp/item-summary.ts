import { publishedItem } from "../registry/schema.ts"
import type { Ran } from "./run-inside.ts"

/** An item's files are megabytes of text: their names will do, or the text of the one that was asked for. */
export function withoutContents(ran: Ran, wanted: string | undefined): Ran {
  const read = publishedItem.safeParse(ran.document)
  if (!read.success) return ran
  const { files, meta, ...item } = read.data
  const { files: _, ...told } = meta.stackdock
  if (wanted === undefined) {
    const listed = files.map(({ target, content }) => ({ target, lines: content.split("\n").length - 1 }))
    return { ...ran, document: { ...item, stackdock: told, files: listed } }
  }
  const file = files.find(({ target }) => target === wanted || target.endsWith(`/${wanted}`))
  if (file) return { ...ran, document: { target: file.target, content: file.content } }
  const error = {
    code: "unknown_file",
    message: `${item.name} has no file "${wanted}".`,
    hint: "View it without a file to see them.",
  }
  return { ...ran, code: 2, document: { error } }
}
