import { Button, CopyButton, Group, Modal } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { fullTime } from "@/ui";
import classes from "./LinkDialog.module.css";

/** A link that was just made, and for whom. */
export interface MadeLink {
  readonly kind: "invitation" | "sign-in";
  readonly who: string;
  readonly link: string;
  readonly expiresAt: string;
}

/** Shows a link the one time that it can be shown; the person passes it on. */
export function LinkDialog({ made, onClose }: { made: MadeLink | null; onClose: () => void }) {
  const isInvitation = made?.kind === "invitation";
  return (
    <Modal
      opened={made !== null}
      onClose={onClose}
      title={isInvitation ? "Pass this invitation on" : "Pass this sign-in link on"}
      closeOnClickOutside={false}
    >
      {made !== null && (
        <div className={classes.body}>
          <p className={classes.text}>
            Send it to <strong>{made.who}</strong> yourself; Concord sends no mail. It works once, until{" "}
            {fullTime(new Date(made.expiresAt))}, and{" "}
            {isInvitation ? "lets whoever opens it join this project." : "signs in whoever opens it."} It is not shown again.
          </p>
          <code className={classes.link} data-testid="made-link">
            {made.link}
          </code>
          <Group justify="flex-end" gap="xs">
            <CopyButton value={made.link}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  onClick={copy}
                  leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                >
                  {copied ? "Copied" : "Copy"}
                </Button>
              )}
            </CopyButton>
            <Button onClick={onClose} data-autofocus>
              I have it
            </Button>
          </Group>
        </div>
      )}
    </Modal>
  );
}
