import { Button } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";
import { Kbd, type OwnKeys } from "@/ui";
import { chosenBy } from "./choosing";
import classes from "./KeysPage.module.css";
import { type Bindable, keysFor } from "./rooms";

/** One command: its keys, and the way to others. While one is chosen every key is heard here and nowhere else. */
export function KeyRow({
  command,
  all,
  own,
  isChoosing,
  onChoose,
  onKeys,
}: {
  command: Bindable;
  all: readonly Bindable[];
  own: OwnKeys;
  isChoosing: boolean;
  onChoose: (isOn: boolean) => void;
  onKeys: (keys: readonly string[] | null) => void;
}) {
  const [why, setWhy] = useState<string | null>(null);
  const isOwn = own[command.id] !== undefined;
  const stop = (): void => {
    setWhy(null);
    onChoose(false);
  };
  const hear = useEffectEvent((event: KeyboardEvent): void => {
    const chosen = chosenBy(event, command, all, own);
    if (chosen.kind === "left") stop();
    if (chosen.kind === "left" && event.key === "Tab") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (chosen.kind === "refused") setWhy(chosen.why);
    if (chosen.kind === "taken") {
      stop();
      onKeys(chosen.keys);
    }
  });
  useEffect(() => {
    if (!isChoosing) return;
    const listen = (event: KeyboardEvent): void => hear(event);
    // Before anything else on the page hears of it.
    window.addEventListener("keydown", listen, { capture: true });
    return () => window.removeEventListener("keydown", listen, { capture: true });
  }, [isChoosing]);
  return (
    <li className={classes.row} data-command={command.id}>
      <span className={classes.label}>{command.label}</span>
      <span className={classes.keys}>
        {isChoosing ? (
          <span className={classes.waiting} role="status">
            Press the new key, Esc to leave it
          </span>
        ) : (
          <>
            {isOwn && <span className={classes.own}>yours</span>}
            {keysFor(command, own).map((keys, at) => (
              <span key={keys}>
                {at > 0 && <span className={classes.or}> or </span>}
                <Kbd keys={keys} />
              </span>
            ))}
          </>
        )}
      </span>
      <span className={classes.actions}>
        {isOwn && !isChoosing && (
          <Button variant="subtle" color="gray" size="compact-sm" aria-label={`Reset: ${command.label}`} onClick={() => onKeys(null)}>
            Reset
          </Button>
        )}
        <Button
          variant={isChoosing ? "light" : "default"}
          size="compact-sm"
          aria-label={`${isChoosing ? "Leave" : "Change"}: ${command.label}`}
          onClick={() => (isChoosing ? stop() : onChoose(true))}
        >
          {isChoosing ? "Leave it" : "Change"}
        </Button>
      </span>
      {isChoosing && why !== null && (
        <p className={classes.why} role="alert">
          {why}
        </p>
      )}
    </li>
  );
}
