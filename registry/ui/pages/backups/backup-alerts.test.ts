import { expect, test } from "vitest"
import { type BackupAlert, backupAlerts } from "./backup-alerts.ts"
import type { BackupRows } from "./backup-links.ts"
import { backup, integration, schedule, site } from "./rows.fixture.ts"

const now = new Date("2026-11-20T12:00:00.000Z")
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()

function alerts(rows: Partial<BackupRows>, docks: string[] = ["d1"]): BackupAlert[] {
  const whole = { schedules: [], integrations: [], backups: [], sites: [], ...rows }
  const syncedAt = new Map([["d1", now.toISOString()]])
  return backupAlerts({ ...whole, syncedAt, listSchedules: new Set(docks), listBackups: new Set(docks) })
}

const kinds = (found: BackupAlert[]) => found.map(({ kind }) => kind)

test("a site whose backups run as they should raises nothing", () => {
  const rows = {
    schedules: [schedule({ lastRunAt: ago(20), nextRunAt: ago(-4) })],
    sites: [site()],
    backups: [backup({ takenAt: ago(20) })],
  }
  expect(alerts(rows)).toEqual([])
})

test("a schedule in error is told by the name of its site", () => {
  const rows = { schedules: [schedule({ status: "error", lastRunAt: ago(2) })], sites: [site()] }
  expect(alerts(rows)).toEqual([
    {
      kind: "failing",
      severity: "bad",
      concerns: [{ row: rows.schedules[0], name: "shop.example", at: ago(2) }],
    },
  ])
})

test.each([
  ["hourly", 2, 4],
  ["daily", 40, 50],
  ["weekly", 300, 340],
  ["monthly", 1400, 1500],
] as const)("a %s schedule may be %i hours old, and not %i", (frequency, fine, late) => {
  const of = (hours: number) => alerts({ schedules: [schedule({ frequency, lastRunAt: ago(hours) })] })
  expect(kinds(of(fine))).toEqual([])
  expect(kinds(of(late))).toEqual(["late"])
})

test("nothing is late in an account that was not read since", () => {
  const rows = { schedules: [schedule({ lastRunAt: ago(50), nextRunAt: ago(26) })] }
  const of = (read: string | null) =>
    backupAlerts({
      ...{ integrations: [], backups: [], sites: [], ...rows },
      ...{ listSchedules: new Set<string>(), listBackups: new Set<string>() },
      syncedAt: new Map([["d1", read]]),
    })
  expect([kinds(of(ago(0))), kinds(of(ago(26))), kinds(of(null))]).toEqual([["late", "overdue"], [], []])
})

test("a schedule with a rule of its own, or switched off, is never late", () => {
  const old = { lastRunAt: ago(9000) }
  expect(kinds(alerts({ schedules: [schedule({ frequency: "custom", ...old })] }))).toEqual([])
  expect(kinds(alerts({ schedules: [schedule({ status: "disabled", ...old })] }))).toEqual([])
})

test("without a last run, the newest backup of the same site and place tells", () => {
  const schedules = [schedule({ createdAt: ago(900) })]
  const late = alerts({
    schedules,
    backups: [backup({ takenAt: ago(60) }), backup({ takenAt: ago(1), storage: "remote" })],
  })
  expect(late).toMatchObject([{ kind: "late", concerns: [{ at: ago(60) }] }])
  expect(kinds(alerts({ schedules, backups: [backup({ takenAt: ago(20) })] }))).toEqual([])
})

test("a backup named after a clock whose zone nobody knows is given the benefit of the doubt", () => {
  const named = (name: string) =>
    alerts({ schedules: [schedule({ createdAt: ago(900) })], backups: [backup({ name })] })
  expect(kinds(named("2026-11-18 04:00"))).toEqual([])
  expect(kinds(named("2026-11-17 02:00"))).toEqual(["late"])
})

test("a schedule without any backup is late only once it has had the time, and where backups are listed", () => {
  expect(kinds(alerts({ schedules: [schedule({ createdAt: ago(5) })] }))).toEqual([])
  expect(alerts({ schedules: [schedule({ createdAt: ago(900) })] })).toMatchObject([
    { kind: "late", concerns: [{ at: null }] },
  ])
  expect(kinds(alerts({ schedules: [schedule({ createdAt: ago(900) })] }, []))).toEqual([])
})

test("a next run that lies in the past is told, after an hour's grace", () => {
  const of = (hours: number) =>
    alerts({ schedules: [schedule({ lastRunAt: ago(3), nextRunAt: ago(hours) })] })
  expect([kinds(of(0.5)), kinds(of(2))]).toEqual([[], ["overdue"]])
})

test("a failed backup counts until one has succeeded after it", () => {
  const failed = backup({ id: "backups_2", status: "failed", takenAt: ago(5) })
  expect(kinds(alerts({ backups: [failed, backup({ takenAt: ago(9) })] }))).toEqual(["failed"])
  expect(kinds(alerts({ backups: [failed, backup({ takenAt: ago(1) })] }))).toEqual([])
  const elsewhere = backup({ takenAt: ago(1), webServiceProviderId: "w2" })
  expect(kinds(alerts({ backups: [failed, elsewhere] }))).toEqual(["failed"])
})

test("a remote schedule needs a place to go to, and one that works", () => {
  const remote = schedule({ storage: "remote", lastRunAt: ago(1) })
  expect(kinds(alerts({ schedules: [remote] }))).toEqual(["no-storage"])
  expect(kinds(alerts({ schedules: [{ ...remote, storageService: "s3" }] }))).toEqual([])
  const serving = integration({ webServiceProviderIds: ["w1"] })
  expect(kinds(alerts({ schedules: [remote], integrations: [serving] }))).toEqual([])
  expect(
    kinds(
      alerts({
        schedules: [{ ...remote, backupIntegrationProviderId: "i1" }],
        integrations: [integration({ status: "error" })],
      }),
    ),
  ).toEqual(["bad-storage"])
  const elsewhere = { ...serving, dockId: "d2" }
  expect(kinds(alerts({ schedules: [remote], integrations: [elsewhere] }))).toEqual(["no-storage"])
})

test("a live site that nothing backs up is told, whatever is switched off for it", () => {
  expect(kinds(alerts({ sites: [site()] }))).toEqual(["unprotected"])
  expect(kinds(alerts({ sites: [site()], schedules: [schedule({ status: "disabled" })] }))).toEqual([
    "unprotected",
  ])
})

test("copies, what is switched off, and accounts that know no schedules are left alone", () => {
  const spared = [
    site({ environment: "staging" }),
    site({ parentProviderId: "w9" }),
    site({ status: "suspended" }),
  ]
  expect(alerts({ sites: spared })).toEqual([])
  expect(alerts({ sites: [site()] }, [])).toEqual([])
})

test("a schedule of the whole server covers its sites", () => {
  const whole = schedule({ webServiceProviderId: null, serverProviderId: "h1", lastRunAt: ago(1) })
  expect(kinds(alerts({ sites: [site()], schedules: [whole] }))).toEqual([])
  expect(kinds(alerts({ sites: [site({ serverProviderId: "h2" })], schedules: [whole] }))).toEqual([
    "unprotected",
  ])
})
