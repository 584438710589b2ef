import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { theme } from "@/app/theme/theme";
import { useShortcutListener } from "@/ui/shortcuts/useShortcuts";

function Listening({ children }: { children: ReactNode }) {
  useShortcutListener();
  return children;
}

/** Draw a piece of the page with everything around it that the app gives; returns the hands of a person too. */
export async function draw(node: ReactNode): Promise<RenderResult & { user: UserEvent }> {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const root = createRootRoute({ component: () => <Listening>{node}</Listening> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ["/"] }) });
  await router.load();
  const drawn = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...drawn, user: userEvent.setup() };
}
