import type { Http } from "../../../core/http.ts"
import type { Secret } from "../../../core/secret.ts"

export interface EnvironmentValue {
  readonly context: string
  /** The branch, when the context is `branch`. */
  readonly context_parameter?: string | undefined
  readonly value: Secret
}

export interface NewVariable {
  readonly key: string
  readonly is_secret: boolean
  readonly values: readonly EnvironmentValue[]
}

/**
 * The variables of a site live under its account; the specification's path under the site answers 404. Answers hold the
 * values, so none of them is handed on.
 */
export class EnvironmentApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** An error when there is none of that name. */
  async getVariable(accountId: string, siteId: string, key: string): Promise<{ key: string }> {
    const params = { account_id: accountId, key }
    await this.#http.get("/accounts/{account_id}/env/{key}", { params, query: { site_id: siteId } })
    return { key }
  }

  async createVariables(accountId: string, siteId: string, variables: NewVariable[]): Promise<void> {
    await this.#http.post("/accounts/{account_id}/env", {
      params: { account_id: accountId },
      query: { site_id: siteId },
      json: variables,
    })
  }

  /** Sets the value of one context and leaves those of the others. */
  async setValue(accountId: string, siteId: string, key: string, value: EnvironmentValue): Promise<void> {
    await this.#http.patch("/accounts/{account_id}/env/{key}", {
      params: { account_id: accountId, key },
      query: { site_id: siteId },
      json: value,
    })
  }

  async deleteVariable(accountId: string, siteId: string, key: string): Promise<void> {
    await this.#http.delete("/accounts/{account_id}/env/{key}", {
      params: { account_id: accountId, key },
      query: { site_id: siteId },
    })
  }
}
