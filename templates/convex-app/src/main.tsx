import { ConvexReactClient } from "convex/react"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { App } from "./app"
import { SignIn } from "./sign-in"

const client = new ConvexReactClient(import.meta.env.VITE_CONVEX_URL)
const root = document.getElementById("root")
if (root) {
  createRoot(root).render(
    <StrictMode>
      <SignIn client={client}>
        <App />
      </SignIn>
    </StrictMode>,
  )
}
