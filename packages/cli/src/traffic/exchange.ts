/** One request and its answer, as they went over the wire: out of a HAR, or seen while a dock ran. */
export interface Exchange {
  /** Where it was found, for messages: `entry 12`, `GET /servers`. */
  readonly where: string
  readonly method: string
  /** With its query. */
  readonly url: string
  /** By lower-case name; what came twice is joined by a comma. */
  readonly requestHeaders: Readonly<Record<string, string>>
  /** Parsed where it is JSON, an object of its fields where it is a form; undefined when there is none. */
  readonly requestBody: unknown
  readonly status: number
  readonly responseHeaders: Readonly<Record<string, string>>
  /** Parsed where it is JSON, otherwise the text; undefined when there is none. */
  readonly body: unknown
  readonly isJson: boolean
  /** When it was sent: an ISO date and time. */
  readonly at: string
}

/** What a text stands for, and whether it was JSON. */
export function readBody(text: string): { body: unknown; isJson: boolean } {
  if (text === "") return { body: undefined, isJson: false }
  try {
    return { body: JSON.parse(text), isJson: true }
  } catch {
    return { body: text, isJson: false }
  }
}
