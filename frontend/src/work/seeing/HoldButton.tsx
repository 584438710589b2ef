import { Button } from "@mantine/core";
import { IconHandFinger } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

/** A button that does something only as long as it is held, by hand or by key. */
export function HoldButton({
  label,
  onPress,
  onRelease,
  children,
}: {
  label: string;
  onPress: () => void;
  onRelease: () => void;
  children: ReactNode;
}) {
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const hold = (endings: readonly string[]): void => {
    if (stop.current !== null) return;
    const end = (): void => {
      endings.forEach((ending) => window.removeEventListener(ending, end));
      stop.current = null;
      onRelease();
    };
    // The hand may come up anywhere, and a window that loses the focus never hears of it.
    endings.forEach((ending) => window.addEventListener(ending, end));
    stop.current = end;
    onPress();
  };
  const isPressing = (event: KeyboardEvent): boolean => event.key === " " || event.key === "Enter";
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={label}
      leftSection={<IconHandFinger size={15} aria-hidden />}
      style={{ touchAction: "none" }}
      onContextMenu={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        if (event.button === 0) hold(["pointerup", "pointercancel", "blur"]);
      }}
      onKeyDown={(event) => {
        if (!isPressing(event)) return;
        event.preventDefault();
        if (!event.repeat) hold(["keyup", "blur"]);
      }}
    >
      {children}
    </Button>
  );
}
