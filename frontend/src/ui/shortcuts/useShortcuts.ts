import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { keysOf, scopeOf, type Shortcut, shortcutRegistry } from "./registry";

/**
 * Make shortcuts live while the component is mounted. Pass them freshly on every render: `run` always sees
 * the current values, and only a changed id, label, key or scope registers anew.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const run = useEffectEvent((id: string, event: KeyboardEvent) => {
    shortcuts.find((shortcut) => shortcut.id === id)?.run(event);
  });
  const signature = JSON.stringify(
    shortcuts.map((shortcut) => [
      shortcut.id,
      shortcut.label,
      keysOf(shortcut),
      scopeOf(shortcut),
      shortcut.group,
      shortcut.whileTyping,
      shortcut.inDialogs,
      shortcut.enabled,
    ]),
  );
  const register = useEffectEvent(() =>
    shortcutRegistry.add(shortcuts.map((shortcut) => ({ ...shortcut, run: (event) => run(shortcut.id, event) }))),
  );
  useEffect(() => register(), [signature]);
}

/** Every live shortcut, for the help. */
export function useLiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(shortcutRegistry.subscribe, shortcutRegistry.snapshot).map((entry) => entry.shortcut);
}

/** Listens for keys; mounted once by the app. */
export function useShortcutListener(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      shortcutRegistry.handle(event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
