/** What is wrong with the project, and what to type next. */
export class ProjectError extends Error {
  override readonly name = "ProjectError"
  readonly code: string
  readonly hint: string

  constructor(code: string, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
