/** One file that a command creates, replaces or removes. */
export interface Change {
  /** Relative to the project, with `/`. */
  readonly path: string
  /** What the plan saw; undefined when there was no file. */
  readonly before: string | undefined
  /** What it shall hold; undefined when it shall go. */
  readonly after: string | undefined
}
