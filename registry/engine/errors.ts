/** A request that StackDock itself cannot follow. Nothing was changed, unless the code says otherwise. */
export class StackdockError extends Error {
  override readonly name = "StackdockError"
  readonly code:
    | "unknown_provider"
    | "unknown_dock"
    | "unknown_table"
    | "unknown_resource"
    | "unknown_kind"
    | "unknown_action"
    | "unknown_provisioning"
    | "invalid_input"
    | "not_possible" // the dock, or what there is, does not allow it
    | "busy" // another process is at work on it
    | "name_taken"
    | "disconnected"
    | "other_account"
    | "unknown_member"
    | "invalid_member"
    | "unknown_role"
    | "last_owner"
    | "denied"
    | "not_recorded" // it was done, and the audit log could not be written
  /** What to do next. */
  readonly suggestion: string
  /** Of what was given, the fields that are wrong: for a form. The message says the same in one sentence. */
  readonly fields: Readonly<Record<string, string>>

  constructor(
    code: StackdockError["code"],
    message: string,
    suggestion: string,
    fields: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.code = code
    this.suggestion = suggestion
    this.fields = fields
  }
}
