import { Button, Tooltip } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** The way out of a room of work, at once and without a word. */
export function StopButton({ keyCap, onStop }: { keyCap?: ReactNode; onStop: () => void }) {
  return (
    <Tooltip label="Gives back all you hold. No reason is asked, and nothing is noted.">
      <Button variant="default" size="xs" leftSection={<IconHandStop size={15} aria-hidden />} rightSection={keyCap} onClick={onStop}>
        I need to stop
      </Button>
    </Tooltip>
  );
}
