import { vi } from "vitest"
import type { z } from "zod"
import type { AnyDock, Dock } from "../core/dock.ts"
import type { ResourceTableName } from "../schema/index.ts"
import { type ExpectedRows, isOfCycle, isRefusal, type Recording } from "./recording.ts"
import { replay } from "./replay.ts"
import type { Stage } from "./stage.ts"
import { credentialSuite } from "./suites/credentials.ts"
import { faultSuite } from "./suites/faults.ts"
import { lookSuite } from "./suites/look.ts"
import { oddAnswerSuite } from "./suites/odd-answers.ts"
import { provisioningSuite } from "./suites/provisioning.ts"
import { recordingSuite } from "./suites/recordings.ts"
import { refusalSuite } from "./suites/refusals.ts"
import { syncSuite } from "./suites/sync.ts"
import { createTestbed, type Testbed, tablesOf } from "./testbed.ts"

export interface ConformanceOptions {
  /** Good credentials, as a user types them. Secrets start with `fake-secret-`. */
  credentials: Readonly<Record<string, unknown>>
  recordings: readonly Recording[]
  /** What the recordings must become. */
  rows: ExpectedRows
  /** Recordings that the dock can do without: where one fails, it may leave columns empty instead of giving up. */
  optional?: readonly string[]
}

/** What the suites share. */
export interface Subject<Api = unknown> extends Required<ConformanceOptions> {
  readonly dock: AnyDock
  readonly tables: readonly ResourceTableName[]
  /** The recordings of an account in good order, and those of refusals. */
  readonly account: readonly Recording[]
  readonly refusals: readonly Recording[]
  readonly stage: Stage
  /** Of the dock as it is, unless another is given: a part of it. */
  testbed(options?: { dock?: Dock<z.ZodType, Api>; timeoutMs?: number | undefined }): Promise<Testbed<Api>>
}

/**
 * The promises that every dock keeps, as tests. A dock's contract test calls this as it is, and adds tests of what is
 * peculiar to it, played from the same recordings through the testbed that it gives back.
 */
export function conformance<Api>(
  dock: Dock<z.ZodType, Api>,
  options: ConformanceOptions,
): Pick<Subject<Api>, "stage" | "testbed"> {
  const account = options.recordings.filter((recorded) => !isRefusal(recorded) && !isOfCycle(recorded))
  const subject: Subject<Api> = {
    optional: [],
    ...options,
    dock,
    tables: tablesOf(dock),
    account,
    refusals: options.recordings.filter(isRefusal),
    stage: replay(account),
    testbed: (bed) => createTestbed({ dock, credentials: options.credentials, ...bed }),
  }
  // One test may run hundreds of syncs; a busy machine needs more than the five seconds that Vitest gives.
  vi.setConfig({ testTimeout: 120_000 })
  recordingSuite(subject)
  lookSuite(subject)
  credentialSuite(subject)
  syncSuite(subject)
  refusalSuite(subject)
  faultSuite(subject)
  oddAnswerSuite(subject)
  provisioningSuite(subject)
  return subject
}
