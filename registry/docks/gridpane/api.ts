import { envelope } from "../../core/envelope.ts"
import type { Answer, Http } from "../../core/http.ts"
import type { Listing } from "../../core/page.ts"
import { type FetchedPage, pageNumbers, single } from "../../core/paging.ts"
import { readBackups } from "./backup-list.ts"
import {
  readDomainPage,
  readIntegrations,
  readMadeId,
  readOne,
  readPage,
  readSchedules,
} from "./envelopes.ts"
import { readPruneSchedule } from "./prune-schedule.ts"
import {
  type GridPaneBackup,
  type GridPaneBackupOrder,
  GridPaneBuild,
  type GridPaneCloud,
  type GridPaneCustomServerOrder,
  type GridPaneDomainChange,
  type GridPaneDomainOrder,
  GridPaneNewCustomServer,
  GridPaneNewServer,
  type GridPaneRetention,
  type GridPaneRetentionChange,
  type GridPaneScheduleChange,
  type GridPaneServerChange,
  type GridPaneServerOrder,
  type GridPaneSiteChange,
  type GridPaneSiteOrder,
  GridPaneUser,
} from "./types.ts"

/**
 * GridPane answers 10 or 15 rows a page when not asked. 12 requests a minute are allowed to each endpoint, and a page
 * of sites seems to count twice: 100 rows keep an account of 600 sites within one minute, at under a megabyte a page.
 */
const PER_PAGE = 100

/** Names of resources are singular in GridPane's paths. */
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

  async getServer(id: string): Promise<unknown> {
    return readOne(await this.#http.get("/server/{server}", { params: { server: id } }), id)
  }

  /** As the listing gives it; this answer alone holds two lists more. */
  async getSite(id: string): Promise<unknown> {
    const answer = await this.#http.get("/site/{site}", { params: { site: id } })
    const { vpsServices, schedule_backups, ...site } = readOne(answer, id)
    return site
  }

  async getDomain(id: string): Promise<unknown> {
    return readOne(await this.#http.get("/domain/{domain}", { params: { domain: id } }), id)
  }

  /** Has GridPane make a machine at a cloud, and build it. */
  async createServer(cloud: GridPaneCloud, order: GridPaneServerOrder): Promise<GridPaneNewServer> {
    // The cloud is in the path as written, not filled in: each is an endpoint with a budget of its own.
    return envelope(GridPaneNewServer, await this.#http.post(`/server/${cloud}`, { json: order }))
  }

  /** Has GridPane expect a machine that exists. */
  async createCustomServer(order: GridPaneCustomServerOrder): Promise<GridPaneNewCustomServer> {
    return envelope(GridPaneNewCustomServer, await this.#http.post("/server/custom", { json: order }))
  }

  async getServerBuild(id: string): Promise<GridPaneBuild> {
    const answer = await this.#http.get("/server/build-progress/{server}", { params: { server: id } })
    return envelope(GridPaneBuild, answer)
  }

  async updateServer(id: string, change: GridPaneServerChange): Promise<void> {
    await this.#http.put("/server/{server}", { params: { server: id }, json: change })
  }

  async deleteServer(id: string): Promise<void> {
    await this.#http.delete("/server/{server}", { params: { server: id } })
  }

  /** Gives the site's id where GridPane tells it. */
  async createSite(order: GridPaneSiteOrder): Promise<string | undefined> {
    return readMadeId(await this.#http.post("/site", { json: order }), "site_id")
  }

  async updateSite(id: string, change: GridPaneSiteChange): Promise<void> {
    await this.#http.put("/site/{site}", { params: { site: id }, json: change })
  }

  /** `DELETE /site/` with the ids in its body does the same. It could not tell a site that is gone from a wrong id. */
  async deleteSite(id: string): Promise<void> {
    await this.#http.delete("/site/{site}", { params: { site: id } })
  }

  /** Gives the domain's id where GridPane tells it. */
  async createDomain(order: GridPaneDomainOrder): Promise<string | undefined> {
    return readMadeId(await this.#http.post("/domain", { json: order }), "domain_id")
  }

  async updateDomain(id: string, change: GridPaneDomainChange): Promise<void> {
    await this.#http.put("/domain/{domain}", { params: { domain: id }, json: change })
  }

  async deleteDomain(id: string): Promise<void> {
    await this.#http.delete("/domain/{domain}", { params: { domain: id } })
  }

  /** Makes the site's schedule of that kind, or removes it. There is no other way to do either. */
  async setAutomaticBackups(siteId: string, type: "local" | "remote", enable: boolean): Promise<void> {
    await this.#http.put("/backups/automatic/{site}", { params: { site: siteId }, json: { type, enable } })
  }

  /** Singular here; schedules are read from `/backups/schedules`. */
  async updateBackupSchedule(siteId: string, change: GridPaneScheduleChange): Promise<void> {
    await this.#http.put("/backups/schedule/site/{site}", { params: { site: siteId }, json: change })
  }

  async updatePruneSchedule(siteId: string, change: GridPaneRetentionChange): Promise<void> {
    await this.#http.put("/backups/prune-schedule/{site}", { params: { site: siteId }, json: change })
  }

  async createBackup(siteId: string, order: GridPaneBackupOrder): Promise<void> {
    await this.#http.post("/backups/{site}", { params: { site: siteId }, json: order })
  }

  /** Has the server look which backups there are, and GridPane put them on record. */
  async refreshBackups(siteId: string): Promise<void> {
    await this.#http.get("/backups/refresh/{site}", { params: { site: siteId } })
  }

  /** `original` is a backup that was made on this server. */
  async restoreBackup(siteId: string, backup: GridPaneBackup): Promise<void> {
    const json = { ...backup, source_type: "original" }
    await this.#http.post("/backups/restore/{site}", { params: { site: siteId }, json })
  }

  async purgeBackup(siteId: string, backup: GridPaneBackup): Promise<void> {
    await this.#http.put("/backups/purge/{site}", { params: { site: siteId }, json: backup })
  }

  async attachBackupIntegration(siteId: string, integrationId: number): Promise<void> {
    const json = integration(integrationId)
    await this.#http.post("/backups/integrations/{site}", { params: { site: siteId }, json })
  }

  async detachBackupIntegration(siteId: string, integrationId: number): Promise<void> {
    const json = integration(integrationId)
    await this.#http.delete("/backups/integrations/{site}", { params: { site: siteId }, json })
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

/** The published document calls it `integrations_id` in its examples and `integration_id` in its text. */
function integration(id: number) {
  return { integrations_id: id, integration_id: id }
}
