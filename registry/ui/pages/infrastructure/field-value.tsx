import { ExternalLink } from "lucide-react"
import type { ListedResource } from "../../../engine/reading.ts"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatBytes, formatCount } from "../../format/numbers.ts"
import { NotTold, Time } from "../../format/time.tsx"
import { statusWord } from "../../format/words.ts"
import { plainText } from "../../table/csv.ts"
import { outsideLink } from "./outside-link.ts"
import { lookOf } from "./row-fields.ts"

interface FieldValueProps {
  column: string
  value: unknown
  /** The row that the value names, where it is known. */
  names?: ListedResource | undefined
}

/** A value of a universal column, as people read it. */
export function FieldValue({ column, value, names }: FieldValueProps) {
  if (value === null || value === undefined) return <NotTold />
  switch (lookOf(column, value)) {
    case "time":
      return <Time at={String(value)} />
    case "flag":
      return value ? "Yes" : "No"
    case "list":
      return (
        <ul className="font-mono text-xs leading-5">
          {(value as unknown[]).map((entry) => (
            <li key={plainText(entry)}>{plainText(entry)}</li>
          ))}
        </ul>
      )
    case "number":
      return formatCount(Number(value))
    case "bytes":
      return formatBytes(Number(value))
    case "word":
      return statusWord(String(value))
    case "link":
      return <OutsideLink to={String(value)}>{String(value)}</OutsideLink>
    case "row":
      if (!names) return <code className="text-xs">{plainText(value)}</code>
      return (
        <PlaceLink to={{ page: "resource", id: names.id }} className="underline underline-offset-4">
          {names.name}
        </PlaceLink>
      )
    case "code":
      return <code className="text-xs">{plainText(value)}</code>
    case "text":
      return plainText(value)
  }
}

interface OutsideLinkProps {
  to: string
  children: string
}

/** Leads out of the app. What is no web page is told and leads nowhere. */
export function OutsideLink({ to, children }: OutsideLinkProps) {
  const href = outsideLink(to)
  if (!href) return children
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex items-center gap-1 break-all underline underline-offset-4"
    >
      {children}
      <ExternalLink aria-hidden className="size-3 shrink-0" />
    </a>
  )
}
