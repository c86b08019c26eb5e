/** A place in the source where the document does not settle it. */
export interface Decision {
  readonly file: string
  readonly line: number
  readonly what: string
}

const MARK = /(?:\/\/|<!--) DECIDE: (.*?)(?: -->.*)?$/

/** Every mark in these files, in their order. */
export function decisionsIn(files: ReadonlyMap<string, string>): Decision[] {
  return [...files].flatMap(([file, text]) =>
    text.split("\n").flatMap((line, index) => {
      const what = MARK.exec(line)?.[1]
      return what === undefined ? [] : [{ file, line: index + 1, what }]
    }),
  )
}
