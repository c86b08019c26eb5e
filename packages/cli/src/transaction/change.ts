/** Text, or bytes where a file is no text. */
export type Content = string | Uint8Array

/** One file that a command creates, replaces or removes. */
export interface Change<Kind extends Content = Content> {
  /** Relative to the project, with `/`. */
  readonly path: string
  /** What the plan saw; undefined when there was no file. */
  readonly before: Kind | undefined
  /** What it shall hold; undefined when it shall go. */
  readonly after: Kind | undefined
}

/** Whether there is anything to do. */
export function isReal({ before, after }: Change): boolean {
  if (before === undefined || after === undefined) return before !== after
  return Buffer.compare(Buffer.from(before), Buffer.from(after)) !== 0
}
