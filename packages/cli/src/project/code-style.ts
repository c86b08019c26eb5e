export interface CodeStyle {
  /** One step of indentation. */
  readonly indent: string
  readonly newline: "\n" | "\r\n"
}
