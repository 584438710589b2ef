import "./early";
import "./theme/index.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { setNonce } from "get-nonce";
import { createRoot } from "react-dom/client";
import { meQuery } from "@/api/session";
import { makeQueryClient } from "@/api/queryClient";
import { onSignedOut } from "@/api/transport";
import { Providers } from "./providers";
import { pageNonce } from "./nonce";
import { makeRouter } from "./router";

// Dialogs lock scrolling through a style element of their own, which the page's policy wants signed.
setNonce(pageNonce());

// The faces for Chinese and for emoji are a long list; they come after the page, never before it.
void import("./theme/late-faces.css");

const queryClient = makeQueryClient();
const router = makeRouter();

// The session ended elsewhere: the shell sees that nobody is signed in and shows the sign-in page.
onSignedOut(() => queryClient.setQueryData(meQuery.queryKey, null));

const place = document.getElementById("root");
if (place === null) throw new Error("The page has no #root to draw into.");
createRoot(place).render(
  <StrictMode>
    <Providers queryClient={queryClient}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
