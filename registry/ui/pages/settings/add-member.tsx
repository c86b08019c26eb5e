import { type FormEvent, useId, useState } from "react"
import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { Field, FieldDescription, FieldError, FieldGroup, FieldLabel } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Spinner } from "@/components/ui/spinner"
import { useAct } from "../../data/hooks.tsx"
import type { Session } from "../../data/port.ts"
import { told } from "../../feedback/toast.ts"
import { givable } from "./givable.ts"
import { RoleSelect } from "./role-select.tsx"

/** Makes a user whom the project's sign-in knows a member. */
export function AddMember({
  session,
  isOpen,
  onOpenChange,
}: {
  session: Session
  isOpen: boolean
  onOpenChange: (open: boolean) => void
}) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Add a member</DialogTitle>
          <DialogDescription>
            They have to be known to the sign-in of this project already. What they may do is decided by the
            role, at once.
          </DialogDescription>
        </DialogHeader>
        <MemberForm session={session} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

function MemberForm({ session, onDone }: { session: Session; onDone: () => void }) {
  const setMember = useAct("setMember")
  // The one that permits least is the last: nobody is given much by leaving it as it is.
  const [role, setRole] = useState(givable(session).at(-1) ?? "")
  const [userId, setUserId] = useState("")
  const id = useId()
  const { error } = setMember

  function submit(event: FormEvent) {
    event.preventDefault()
    setMember.mutate(
      { userId: userId.trim(), role },
      {
        onSuccess: () => {
          told.done(`${userId.trim()} is a member now`)
          onDone()
        },
      },
    )
  }

  return (
    <form onSubmit={submit}>
      <FieldGroup>
        <Field data-invalid={error !== null}>
          <FieldLabel htmlFor={`${id}-user`}>User</FieldLabel>
          <Input
            id={`${id}-user`}
            required
            autoComplete="off"
            value={userId}
            aria-invalid={error !== null}
            aria-describedby={`${id}-about`}
            onChange={(event) => setUserId(event.target.value)}
          />
          <FieldDescription id={`${id}-about`}>The id by which the sign-in knows them.</FieldDescription>
          {error && (
            <FieldError>
              {error.message} {error.suggestion}
            </FieldError>
          )}
        </Field>
        <Field>
          <FieldLabel htmlFor={`${id}-role`}>Role</FieldLabel>
          <RoleSelect id={`${id}-role`} session={session} role={role} onChoose={setRole} />
        </Field>
        <DialogFooter>
          <Button type="button" variant="outline" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" disabled={setMember.isPending || userId.trim() === ""}>
            {setMember.isPending && <Spinner aria-hidden />}
            Add
          </Button>
        </DialogFooter>
      </FieldGroup>
    </form>
  )
}
