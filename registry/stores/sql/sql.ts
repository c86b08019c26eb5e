/** What a driver binds. */
export type Value = string | number | null

/** Placeholders are `$1`, `$2`, … in the order of their appearance: so SQLite and PostgreSQL bind them alike. */
export interface Statement {
  readonly text: string
  readonly values: readonly Value[]
}

/** A statement, or a piece of one. What lies between its parts is bound, and never becomes SQL. */
export class Sql implements Statement {
  readonly parts: readonly string[]
  readonly values: readonly Value[]

  constructor(parts: readonly string[], values: readonly Value[]) {
    this.parts = parts
    this.values = values
  }

  get text(): string {
    return this.parts.reduce((text, part, number) => `${text}$${number}${part}`)
  }
}

/** `` sql`select * from docks where id = ${id}` ``. A piece in a piece becomes part of it; all else is bound. */
export function sql(texts: TemplateStringsArray, ...given: readonly (Value | Sql)[]): Sql {
  const parts: string[] = []
  const values: Value[] = []
  let open = texts[0] ?? ""
  for (const [index, one] of given.entries()) {
    const after = texts[index + 1] ?? ""
    if (one instanceof Sql) {
      const [first = "", ...rest] = one.parts
      parts.push(...[open + first, ...rest].slice(0, -1))
      values.push(...one.values)
      open = (rest.at(-1) ?? open + first) + after
    } else {
      parts.push(open)
      values.push(one)
      open = after
    }
  }
  return new Sql([...parts, open], values)
}

/** SQL as it stands, for names of tables and columns: never for what comes from outside. */
export function raw(text: string): Sql {
  return new Sql([text], [])
}

export function joined(pieces: readonly Sql[], separator: string): Sql {
  return pieces.length === 0 ? raw("") : pieces.reduce((all, piece) => sql`${all}${raw(separator)}${piece}`)
}

/** The columns of a row that are given, by their SQL names. */
export type SqlRow = Readonly<Record<string, Value>>

export function insertInto(table: string, row: SqlRow): Sql {
  const values = Object.values(row).map((value) => sql`${value}`)
  return sql`insert into ${raw(table)} (${raw(Object.keys(row).join(", "))}) values (${joined(values, ", ")})`
}

/** `a = …, b = …`, for an update. */
export function assignments(row: SqlRow): Sql {
  return joined(
    Object.entries(row).map(([column, value]) => sql`${raw(column)} = ${value}`),
    ", ",
  )
}
