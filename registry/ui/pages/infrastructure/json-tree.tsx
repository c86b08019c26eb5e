import { ChevronRight } from "lucide-react"
import { useState } from "react"
import { cn } from "@/lib/utils"

interface JsonTreeProps {
  /** What it is called within what holds it. */
  name?: string | undefined
  value: unknown
  /** How deep it lies. What lies deeper than the first level is closed at first. */
  depth?: number
}

/** An answer of a provider, a level at a time. */
export function JsonTree({ name, value, depth = 0 }: JsonTreeProps) {
  const entries = entriesOf(value)
  const [isOpen, setOpen] = useState(depth < 1)
  if (!entries) {
    return (
      <div className="py-0.5 pl-5 wrap-anywhere">
        {name !== undefined && <Name name={name} />}
        <Leaf value={value} />
      </div>
    )
  }
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        disabled={entries.length === 0}
        onClick={() => setOpen(!isOpen)}
        className="flex items-center gap-1 rounded-sm py-0.5 text-left focus-visible:outline-2 focus-visible:outline-ring"
      >
        <ChevronRight
          aria-hidden
          className={cn(
            "size-4 shrink-0 transition-transform motion-reduce:transition-none",
            isOpen && "rotate-90",
          )}
        />
        <span>
          {name !== undefined && <Name name={name} />}
          <span className="text-muted-foreground">{summary(value, entries.length)}</span>
        </span>
      </button>
      {isOpen && entries.length > 0 && (
        <div className="ml-2 border-l pl-2">
          {entries.map(([key, inner]) => (
            <JsonTree key={key} name={key} value={inner} depth={depth + 1} />
          ))}
        </div>
      )}
    </div>
  )
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  return typeof value === "object" && value !== null ? Object.entries(value) : undefined
}

function summary(value: unknown, count: number): string {
  const [one, many] = Array.isArray(value) ? ["entry", "entries"] : ["field", "fields"]
  return count === 0 ? "empty" : `${count} ${count === 1 ? one : many}`
}

function Name({ name }: { name: string }) {
  return <span className="text-muted-foreground">{name}: </span>
}

function Leaf({ value }: { value: unknown }) {
  if (value === null) return <span className="text-muted-foreground">null</span>
  return <span>{typeof value === "string" ? value || '""' : String(value)}</span>
}
