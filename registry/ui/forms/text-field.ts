import type { InputField } from "../../engine/provision-report.ts"

/** A field that no dock asks for, but a page: a line of text that is needed. */
export function textField(name: string, title: string, description: string | null = null): InputField {
  return {
    name,
    title,
    description,
    takes: "text",
    typed: "text",
    input: "text",
    choices: null,
    dependsOn: null,
    refersTo: null,
    isRequired: true,
    isSecret: false,
    default: null,
  }
}
