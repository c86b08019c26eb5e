const HIDDEN = "[secret]"

/**
 * A value that cannot be printed by accident. Logging, templates, `JSON.stringify` and `util.inspect` all show
 * `[secret]`; only `reveal()` gives the value, so every place that uses it can be found by that word.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN
  }

  /** Node's `util.inspect`, and with it `console.log`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return HIDDEN
  }
}
