import { Search } from "lucide-react"
import { Input } from "@/components/ui/input"
import { cn } from "@/lib/utils"

interface SearchBoxProps {
  /** What a screen reader calls it: nothing but a magnifying glass stands beside it. */
  label: string
  text: string
  onText(text: string): void
  className?: string
}

export function SearchBox({ label, text, onText, className }: SearchBoxProps) {
  return (
    <div className={cn("relative w-full sm:w-64", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder="Search"
        className="h-8 pl-8"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </div>
  )
}
