import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { createFetchPort } from "./stackdock/bindings/fetch/index.ts"
import { Dashboard } from "./stackdock/ui/app/dashboard.tsx"
import { isInvited, SignIn } from "./stackdock/ui/sign-in/sign-in.tsx"
import "./style.css"

const root = document.getElementById("root")
if (root) {
  createRoot(root).render(
    <StrictMode>
      {isInvited() ? <SignIn /> : <Dashboard port={createFetchPort()} signIn={<SignIn />} />}
    </StrictMode>,
  )
}
