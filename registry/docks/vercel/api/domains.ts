import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import type { Http } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { VercelDomain, VercelDomainConfig } from "../types.ts"
import type { Owner } from "./accounts.ts"
import { PER_PAGE, pages } from "./pages.ts"

export class DomainsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  listDomains(owner: Owner): Listing {
    return pages("domains", (until) =>
      this.#http.get("/v5/domains", { query: { ...owner, limit: PER_PAGE, until } }),
    )
  }

  async getDomain(owner: Owner, domain: string): Promise<VercelDomain> {
    const answer = await this.#http.get("/v5/domains/{domain}", { params: { domain }, query: { ...owner } })
    return envelope(DomainAnswer, answer).domain
  }

  async addDomain(owner: Owner, name: string): Promise<VercelDomain> {
    const answer = await this.#http.post("/v7/domains", {
      query: { ...owner },
      json: { method: "add", name },
    })
    return envelope(DomainAnswer, answer).domain
  }

  async deleteDomain(owner: Owner, domain: string): Promise<void> {
    await this.#http.delete("/v6/domains/{domain}", { params: { domain }, query: { ...owner } })
  }

  /** Where a name leads. Vercel asks the DNS for it, so it takes a while, and may time out there. */
  async getDomainConfig(owner: Owner, domain: string, projectIdOrName?: string): Promise<VercelDomainConfig> {
    const answer = await this.#http.get("/v6/domains/{domain}/config", {
      params: { domain },
      query: { ...owner, projectIdOrName },
    })
    return envelope(VercelDomainConfig, answer)
  }

  listDnsRecords(owner: Owner, domain: string): Listing {
    return pages("records", (until) =>
      this.#http.get("/v5/domains/{domain}/records", {
        params: { domain },
        query: { ...owner, limit: PER_PAGE, until },
      }),
    )
  }

  /** Gives the id. */
  async createDnsRecord(owner: Owner, domain: string, record: object): Promise<string> {
    const answer = await this.#http.post("/v2/domains/{domain}/records", {
      params: { domain },
      query: { ...owner },
      json: record,
    })
    return envelope(CreatedRecord, answer).uid
  }

  async updateDnsRecord(owner: Owner, record: string, changes: object): Promise<void> {
    await this.#http.patch("/v1/domains/records/{record}", {
      params: { record },
      query: { ...owner },
      json: changes,
    })
  }

  async deleteDnsRecord(owner: Owner, domain: string, record: string): Promise<void> {
    await this.#http.delete("/v2/domains/{domain}/records/{record}", {
      params: { domain, record },
      query: { ...owner },
    })
  }
}

const DomainAnswer = z.looseObject({ domain: VercelDomain })
const CreatedRecord = z.looseObject({ uid: z.string().min(1) })
