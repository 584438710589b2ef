import { useEffectEvent, useLayoutEffect, useSyncExternalStore } from "react";
import { keysOf, scopeOf, type Shortcut, shortcutRegistry } from "./registry";

/**
 * Make shortcuts live while the component is mounted. Pass them freshly on every render: `run` always sees
 * the current values, and only a changed id, label, key or scope registers anew. They are live before what shows them is
 * painted: whoever sees a key may press it.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const run = useEffectEvent((id: string, event: KeyboardEvent) => {
    shortcuts.find((shortcut) => shortcut.id === id)?.run(event);
  });
  const release = useEffectEvent((id: string, heldMs: number) => {
    shortcuts.find((shortcut) => shortcut.id === id)?.released?.(heldMs);
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
      shortcut.released !== undefined,
    ]),
  );
  const register = useEffectEvent(() =>
    shortcutRegistry.add(
      shortcuts.map((shortcut) => ({
        ...shortcut,
        run: (event) => run(shortcut.id, event),
        ...(shortcut.released === undefined ? {} : { released: (heldMs: number) => release(shortcut.id, heldMs) }),
      })),
    ),
  );
  useLayoutEffect(() => register(), [signature]);
}

/** Every live shortcut, for the help. */
export function useLiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(shortcutRegistry.subscribe, shortcutRegistry.snapshot).map((entry) => entry.shortcut);
}

/** Every live shortcut with its usual keys, to choose others for. */
export function useUsualShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(shortcutRegistry.subscribe, shortcutRegistry.snapshot).map((entry) => entry.usual);
}

/** Listens for keys; mounted once by the app. */
export function useShortcutListener(): void {
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      shortcutRegistry.handle(event);
    };
    const up = (event: KeyboardEvent): void => shortcutRegistry.handleUp(event);
    const leave = (): void => shortcutRegistry.letGo();
    window.addEventListener("keydown", listen);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", leave);
    return () => {
      window.removeEventListener("keydown", listen);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", leave);
    };
  }, []);
}
