import { notifications } from "@mantine/notifications";
import { sentenceOf } from "@/api/problem";

const look = { withBorder: true, closeButtonProps: { "aria-label": "Close this message" } } as const;

/** A short word that something worked, for as long as it takes to read. Also read out. */
export function announce(message: string): void {
  notifications.show({ message, color: "moss", autoClose: Math.max(4000, message.length * 80), ...look });
}

/** A write failed and no form is there to say it. */
export function announceProblem(error: unknown): void {
  notifications.show({ message: sentenceOf(error), color: "rust", autoClose: 12_000, ...look });
}
