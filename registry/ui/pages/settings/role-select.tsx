import { NativeSelect, NativeSelectOption } from "@/components/ui/native-select"
import type { Session } from "../../data/port.ts"
import { statusWord } from "../../format/words.ts"
import { givable } from "./givable.ts"

/** The roles that can be given by whoever is here; the one that is there already is among them in any case. */
export function RoleSelect({
  label,
  id,
  session,
  role,
  isDisabled = false,
  onChoose,
}: {
  /** For a screen reader, where no label stands beside it. */
  label?: string
  id?: string
  session: Session
  role: string
  isDisabled?: boolean
  onChoose: (role: string) => void
}) {
  const offered = givable(session)
  const roles = offered.includes(role) ? offered : [role, ...offered]
  return (
    <NativeSelect
      id={id}
      size="sm"
      aria-label={label}
      value={role}
      disabled={isDisabled || roles.length < 2}
      onChange={(event) => onChoose(event.target.value)}
    >
      {roles.map((name) => (
        <NativeSelectOption key={name} value={name}>
          {statusWord(name)}
        </NativeSelectOption>
      ))}
    </NativeSelect>
  )
}
