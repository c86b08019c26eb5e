import type { ReactNode, RefObject } from "react"
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog"

interface FormDialogProps {
  title: string
  description: string
  onClose(): void
  /** Has the focus again afterwards: a menu that the dialog came from is gone by then. */
  opener?: RefObject<HTMLElement | null> | undefined
  children: ReactNode
}

/** A dialog that is there as long as it is rendered. */
export function FormDialog({ title, description, onClose, opener, children }: FormDialogProps) {
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        className="sm:max-w-xl"
        onCloseAutoFocus={(event) => {
          if (!opener?.current) return
          event.preventDefault()
          opener.current.focus()
        }}
      >
        <DialogHeader>
          <DialogTitle className="wrap-anywhere">{title}</DialogTitle>
          <DialogDescription className="wrap-anywhere">{description}</DialogDescription>
        </DialogHeader>
        {children}
      </DialogContent>
    </Dialog>
  )
}
