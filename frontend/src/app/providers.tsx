import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useFocusOfBusyButtons } from "@/ui/focus";
import { ShortcutHelp } from "@/ui/shortcuts/ShortcutHelp";
import { useShortcutListener } from "@/ui/shortcuts/useShortcuts";
import { pageNonce } from "./nonce";
import { theme } from "./theme/theme";
import classes from "./providers.module.css";

const appearance = localStorageColorSchemeManager({ key: "concord.appearance" });

export function Providers({ queryClient, children }: { queryClient: QueryClient; children: ReactNode }) {
  useShortcutListener();
  useFocusOfBusyButtons();
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={appearance} getStyleNonce={pageNonce}>
      <QueryClientProvider client={queryClient}>
        {children}
        <ShortcutHelp />
        <Notifications className={classes.notices} position="top-center" limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
