import { ActionIcon, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

/** One button of a player. */
export function Control({
  label,
  onClick,
  isPressed,
  isDisabled = false,
  children,
}: {
  label: string;
  onClick: () => void;
  isPressed?: boolean;
  isDisabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={30}
        aria-label={label}
        aria-pressed={isPressed}
        variant={isPressed === true ? "light" : "subtle"}
        disabled={isDisabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
