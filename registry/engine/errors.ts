/** A request that StackDock itself cannot follow. Nothing was changed. */
export class StackdockError extends Error {
  override readonly name = "StackdockError"
  readonly code: "unknown_provider" | "unknown_dock" | "name_taken" | "disconnected"
  /** What to do next. */
  readonly suggestion: string

  constructor(code: StackdockError["code"], message: string, suggestion: string) {
    super(message)
    this.code = code
    this.suggestion = suggestion
  }
}
