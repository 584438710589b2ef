import { Modal } from "@mantine/core";
import { useState } from "react";
import { Kbd } from "./Kbd";
import { GLOBAL_SCOPE, keysOf, PAGE_SCOPE, scopeOf, type Shortcut, shortcutRegistry } from "./registry";
import classes from "./ShortcutHelp.module.css";
import { useLiveShortcuts, useShortcuts } from "./useShortcuts";

const scopeTitles: Readonly<Record<string, string>> = {
  [GLOBAL_SCOPE]: "Everywhere",
  [PAGE_SCOPE]: "On this page",
};

/** Everything the keyboard can do here and now, drawn from the live registry. */
export function ShortcutList() {
  const groups = groupsOf(useLiveShortcuts());
  return (
    <div className={classes.groups}>
      {groups.map(([title, shortcuts]) => (
        <section key={title} className={classes.group}>
          <h3 className={classes.title}>{title}</h3>
          <dl className={classes.list}>
            {shortcuts.map((shortcut) => (
              <div key={shortcut.id} className={classes.row}>
                <dt>{shortcut.label}</dt>
                <dd>
                  {keysOf(shortcut).map((keys, at) => (
                    <span key={keys}>
                      {at > 0 && <span className={classes.or}> or </span>}
                      <Kbd keys={keys} />
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

/** Open the `?` dialog from a menu. */
export function showShortcuts(): void {
  shortcutRegistry.perform(HELP);
}

const HELP = "app.help";

/** The `?` dialog. Mounted once by the app. */
export function ShortcutHelp() {
  const [isOpen, setOpen] = useState(false);
  useShortcuts([
    {
      id: HELP,
      label: "Show these shortcuts",
      keys: "?",
      scope: GLOBAL_SCOPE,
      run: () => setOpen(true),
    },
  ]);
  return (
    <Modal opened={isOpen} onClose={() => setOpen(false)} title="Keyboard shortcuts" size="xl">
      <ShortcutList />
    </Modal>
  );
}

function groupsOf(shortcuts: readonly Shortcut[]): [string, Shortcut[]][] {
  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of shortcuts) {
    if (shortcut.enabled === false) continue;
    const title = shortcut.group ?? scopeTitles[scopeOf(shortcut)] ?? scopeOf(shortcut);
    groups.set(title, [...(groups.get(title) ?? []), shortcut]);
  }
  // What this page adds comes first; what works everywhere, last.
  const isEverywhere = (members: readonly Shortcut[]): number =>
    Number(members.every((shortcut) => scopeOf(shortcut) === GLOBAL_SCOPE));
  return [...groups].sort(([, a], [, b]) => isEverywhere(a) - isEverywhere(b));
}
