import { Globe } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { Button } from "@/components/ui/button"
import { useNavigation } from "../../data/navigation.tsx"

/** What of the address opens the sheet: the id of a domain's row. */
export const dnsKey = "dns"

// With its forms it is as large as the page beside it, and few visits open it.
const DnsSheet = lazy(async () => ({ default: (await import("./dns-sheet.tsx")).DnsSheet }))

/** The records of a zone, beside whatever page they were opened from. */
export function RecordsBeside() {
  const { search } = useNavigation()
  const isOpen = search[dnsKey] !== undefined
  // Once it was open it stays, so that it can be seen to close.
  const [wasOpen, setWasOpen] = useState(isOpen)
  if (isOpen && !wasOpen) setWasOpen(true)
  return (
    wasOpen && (
      <Suspense>
        <DnsSheet />
      </Suspense>
    )
  )
}

/** Opens the sheet, beside the page that it stands on. */
export function OpenRecords({ id, isSmall = false }: { id: string; isSmall?: boolean }) {
  const { setSearch } = useNavigation()
  return (
    <Button
      variant="outline"
      size={isSmall ? "xs" : "sm"}
      tabIndex={isSmall ? -1 : undefined}
      onClick={() => setSearch({ [dnsKey]: id })}
    >
      <Globe aria-hidden />
      {isSmall ? "Records" : "DNS records"}
    </Button>
  )
}
