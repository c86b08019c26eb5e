import type { Statement } from "./sql.ts"

/** Something to send statements to. */
export interface Connection {
  /** The rows that a statement gives. */
  all<Row extends object>(statement: Statement): Promise<Row[]>
  /** How many rows a statement has changed. */
  run(statement: Statement): Promise<number>
}

export interface Database extends Connection {
  /** All of it or nothing. While it runs, whatever else would be sent to the database waits. */
  transaction<Result>(work: (trx: Connection) => Promise<Result>): Promise<Result>
  /** Reads one state of the database from its first statement to its end, whatever is written meanwhile. */
  snapshot(): Promise<Snapshot>
  close(): Promise<void>
}

export interface Snapshot extends Pick<Connection, "all"> {
  end(): Promise<void>
}
