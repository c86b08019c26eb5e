import { Badge } from "@/components/ui/badge"
import { NotTold } from "../format/time.tsx"
import { statusWord } from "../format/words.ts"

/** Production stands out: what is done there is felt. */
export function EnvironmentBadge({ environment }: { environment: string | null | undefined }) {
  if (!environment) return <NotTold />
  return (
    <Badge variant={environment === "production" ? "secondary" : "outline"}>{statusWord(environment)}</Badge>
  )
}
