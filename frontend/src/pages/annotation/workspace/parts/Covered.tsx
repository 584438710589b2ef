import { Button } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Kbd } from "@/ui";
import { useWorkspace } from "../context";
import classes from "./Covered.module.css";

/**
 * A picture that is blurred and grey until the person asks for it. What lies in `overlay` stays sharp and
 * usable. Covered before the first look, only the small cover image is loaded.
 */
export function Covered({
  partId,
  name,
  width,
  height,
  children,
  overlay,
}: {
  partId: string;
  name: string;
  width: number;
  height: number;
  children: ReactNode;
  overlay?: ReactNode;
}) {
  const { revealed, reveal, cover, activePartId } = useWorkspace();
  const isCovered = !revealed.has(partId);
  const isActive = activePartId === partId;
  return (
    <div className={classes.cover} style={{ width, height }} data-covered={isCovered || undefined}>
      <div className={classes.media} aria-hidden={isCovered || undefined}>
        {children}
      </div>
      {overlay}
      {isCovered ? (
        <Button
          className={classes.show}
          variant="default"
          size="xs"
          leftSection={<IconEye size={15} aria-hidden />}
          rightSection={isActive ? <Kbd keys="h" /> : undefined}
          onClick={() => reveal(partId)}
        >
          Show {name}
        </Button>
      ) : (
        <button type="button" className={classes.again} onClick={() => cover(partId)} aria-label={`Cover ${name}`}>
          <IconEyeOff size={15} aria-hidden />
          Cover
        </button>
      )}
    </div>
  );
}
