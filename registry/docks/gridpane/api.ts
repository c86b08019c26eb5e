import { envelope } from "../../core/envelope.ts"
import type { Answer, Http } from "../../core/http.ts"
import type { Listing } from "../../core/page.ts"
import { type FetchedPage, pageNumbers, single } from "../../core/paging.ts"
import { readBackups } from "./backup-list.ts"
import { readDomainPage, readIntegrations, readPage, readSchedules } from "./envelopes.ts"
import { readPruneSchedule } from "./prune-schedule.ts"
import { type GridPaneRetention, GridPaneUser } from "./types.ts"

/**
 * GridPane answers 10 or 15 rows a page when not asked. 12 requests a minute are allowed to each endpoint, and a page
 * of sites seems to count twice: 100 rows keep an account of 600 sites within one minute, at under a megabyte a page.
 */
const PER_PAGE = 100

/** Reads GridPane. Names of resources are singular in its paths. */
export class GridPaneApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  async getUser(): Promise<GridPaneUser> {
    return envelope(GridPaneUser, await this.#http.get("/user"))
  }

  listServers(): Listing {
    return this.#pages("/server", readPage)
  }

  listSites(): Listing {
    return this.#pages("/site", readPage)
  }

  listDomains(): Listing {
    return this.#pages("/domain", readDomainPage)
  }

  /** All integrations of the account: DNS, mail and storage. */
  listUserIntegrations(): Listing {
    return this.#whole("/user/integrations", readIntegrations)
  }

  /** The integrations that backups can go to. */
  listBackupIntegrations(): Listing {
    return this.#whole("/backups/integrations", readIntegrations)
  }

  listSiteBackupIntegrations(siteId: string): Listing {
    return this.#whole("/backups/integrations/{site}", readIntegrations, { site: siteId })
  }

  listBackupSchedules(): Listing {
    return this.#whole("/backups/schedules", readSchedules)
  }

  listServerBackupSchedules(serverId: string): Listing {
    return this.#whole("/backups/schedules/server/{server}", readSchedules, { server: serverId })
  }

  listSiteBackupSchedules(siteId: string): Listing {
    return this.#whole("/backups/schedules/site/{site}", readSchedules, { site: siteId })
  }

  /** Undefined where the answer, which is documented nowhere, tells nothing that is understood. */
  async getPruneSchedule(siteId: string): Promise<GridPaneRetention | undefined> {
    const { body } = await this.#http.get("/backups/prune-schedule/{site}", { params: { site: siteId } })
    return readPruneSchedule(body)
  }

  /**
   * The backups that GridPane has on record. The record is brought up to date by `/backups/refresh/{site}`, which sets
   * the server to work; reading an account does not do that.
   */
  listBackups(siteId: string): Listing {
    return this.#whole("/backups/original/{site}", readBackups, { site: siteId })
  }

  /** `links.next` of an answer forgets `per_page`, so pages are asked for by number. */
  #pages(path: string, read: typeof readPage): Listing {
    return pageNumbers(async (page) =>
      read(await this.#http.get(path, { query: { page, per_page: PER_PAGE } })),
    )
  }

  #whole(
    path: string,
    read: (answer: Answer) => FetchedPage<unknown>,
    params: Readonly<Record<string, string>> = {},
  ): Listing {
    return single(async () => read(await this.#http.get(path, { params })))
  }
}
