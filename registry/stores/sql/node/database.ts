import { StoreError } from "../../../engine/ports.ts"
import type { Connection, Database, Snapshot } from "../database.ts"
import { type Statement, sql } from "../sql.ts"
import type { LibsqlFile } from "./libsql.ts"

/** One connection that writes, for one piece of work at a time, and as many that read as there are snapshots at once. */
export class LibsqlDatabase implements Database {
  readonly #open: () => Promise<LibsqlFile>
  /** Used again and not closed: libSQL lets go of a closed connection only when it is garbage-collected. */
  readonly #readers: LibsqlFile[] = []
  readonly #idle: LibsqlFile[] = []
  #writer: LibsqlFile | undefined
  #lastWork: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(open: () => Promise<LibsqlFile>) {
    this.#open = open
  }

  all<Row extends object>(statement: Statement): Promise<Row[]> {
    return this.#inTurn((connection) => connection.all<Row>(statement))
  }

  run(statement: Statement): Promise<number> {
    return this.#inTurn((connection) => connection.run(statement))
  }

  transaction<Result>(work: (trx: Connection) => Promise<Result>): Promise<Result> {
    return this.#inTurn(async (connection) => {
      // Takes the write lock at once: a transaction that reads first and writes later can find that it is too late to wait.
      await connection.run(sql`begin immediate`)
      try {
        const result = await work(connection)
        await connection.run(sql`commit`)
        return result
      } catch (error) {
        // After a full disk SQLite has rolled back by itself, and the first error is the one to tell.
        await connection.run(sql`rollback`).catch(() => {})
        throw error
      }
    })
  }

  async snapshot(): Promise<Snapshot> {
    this.#checkOpen()
    const file = this.#idle.pop() ?? (await this.#newReader())
    const connection = connectionTo(file)
    await connection.run(sql`begin`)
    return {
      all: connection.all,
      end: async () => {
        await connection.run(sql`rollback`)
        this.#idle.push(file)
      },
    }
  }

  close(): Promise<void> {
    return this.#afterLast(async () => {
      this.#closed = true
      for (const file of this.#readers.splice(0)) file.close()
      this.#writer?.close()
      this.#writer = undefined
    })
  }

  #inTurn<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    return this.#afterLast(async () => {
      this.#checkOpen()
      this.#writer ??= await this.#open()
      return await work(connectionTo(this.#writer))
    })
  }

  #afterLast<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#lastWork.then(work)
    this.#lastWork = done.catch(() => {})
    return done
  }

  async #newReader(): Promise<LibsqlFile> {
    const file = await this.#open()
    this.#readers.push(file)
    return file
  }

  #checkOpen(): void {
    if (this.#closed) throw new StoreError("unavailable", "The store was closed.")
  }
}

function connectionTo(file: LibsqlFile): Connection {
  return {
    async all<Row extends object>({ text, values }: Statement) {
      // What a statement gives is known by whoever wrote it.
      return file.prepare(text).all(values) as Row[]
    },
    async run({ text, values }) {
      return file.prepare(text).run(values).changes
    },
  }
}
