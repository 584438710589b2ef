import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ShortcutHelp } from "@/ui/shortcuts/ShortcutHelp";
import { useShortcutListener } from "@/ui/shortcuts/useShortcuts";
import { pageNonce } from "./nonce";
import { theme } from "./theme/theme";

const appearance = localStorageColorSchemeManager({ key: "concord.appearance" });

export function Providers({ queryClient, children }: { queryClient: QueryClient; children: ReactNode }) {
  useShortcutListener();
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={appearance} getStyleNonce={pageNonce}>
      <QueryClientProvider client={queryClient}>
        {children}
        <ShortcutHelp />
        <Notifications position="bottom-right" limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
