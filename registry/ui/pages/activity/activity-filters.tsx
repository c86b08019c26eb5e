import { XIcon } from "lucide-react"
import { type ReactNode, useId } from "react"
import { Button } from "@/components/ui/button"
import { Input } from "@/components/ui/input"
import { NativeSelect, NativeSelectOption } from "@/components/ui/native-select"
import { useNavigation } from "../../data/navigation.tsx"
import type { Member } from "../../data/port.ts"
import { actionWords, actorWords, recordedActions, targetWords } from "../../format/audit-words.ts"
import { tableNames } from "../../format/words.ts"
import { type FilterKey, isNarrowed, withoutFilters } from "./activity-filter.ts"

const targets = ["docks", "provisionings", "memberships", ...tableNames]

/** What narrows the log. All of it stands in the address, so that it can be sent to somebody. */
export function ActivityFilters({ members }: { members: readonly Member[] }) {
  const { search, setSearch } = useNavigation()
  const target = search["target"]
  const actors = ["local", "system", ...members.map(({ userId }) => `user:${userId}`)]
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Choice
        name="actor"
        label="Who"
        any="Anybody"
        values={actors}
        wordsOf={(actor) => actorWords(actor, members)}
      />
      <Choice name="action" label="What" any="Anything" values={recordedActions} wordsOf={actionWords} />
      <Choice
        name="result"
        label="Result"
        any="Any result"
        values={["succeeded", "failed", "denied"]}
        wordsOf={(result) => result.charAt(0).toUpperCase() + result.slice(1)}
      />
      <Choice name="table" label="To what" any="To anything" values={targets} wordsOf={targetWords} />
      <Day name="from" label="From" />
      <Day name="to" label="To" />
      {target && (
        <Button variant="secondary" size="sm" onClick={() => setSearch({ target: undefined })}>
          Only {target}
          <XIcon aria-label="Take this filter away" />
        </Button>
      )}
      {isNarrowed(search) && (
        <Button variant="ghost" size="sm" onClick={() => setSearch(withoutFilters)}>
          Clear filters
        </Button>
      )}
    </div>
  )
}

function Choice({
  name,
  label,
  any,
  values,
  wordsOf,
}: {
  name: FilterKey
  label: string
  any: string
  values: readonly string[]
  wordsOf: (value: string) => string
}) {
  const { search, setSearch } = useNavigation()
  const id = useId()
  const value = search[name] ?? ""
  // A member who has left, or an action of a later version: what the address says can be seen, and taken away.
  const offered = value === "" || values.includes(value) ? values : [...values, value]
  return (
    <Labelled label={label} of={id}>
      <NativeSelect
        id={id}
        size="sm"
        className="max-w-44"
        value={value}
        onChange={(event) => setSearch({ [name]: event.target.value || undefined })}
      >
        <NativeSelectOption value="">{any}</NativeSelectOption>
        {offered.map((one) => (
          <NativeSelectOption key={one} value={one}>
            {wordsOf(one)}
          </NativeSelectOption>
        ))}
      </NativeSelect>
    </Labelled>
  )
}

function Day({ name, label }: { name: "from" | "to"; label: string }) {
  const { search, setSearch } = useNavigation()
  const id = useId()
  return (
    <Labelled label={label} of={id}>
      <Input
        id={id}
        type="date"
        className="h-8 w-36 px-2 text-sm"
        value={search[name] ?? ""}
        onChange={(event) => setSearch({ [name]: event.target.value || undefined }, { replace: true })}
      />
    </Labelled>
  )
}

function Labelled({ label, of, children }: { label: string; of: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={of} className="text-muted-foreground text-xs">
        {label}
      </label>
      {children}
    </div>
  )
}
