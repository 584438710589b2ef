import { notifications } from "@mantine/notifications";
import { sentenceOf } from "@/api/problem";

/** A short word that something worked. Also read out. */
export function announce(message: string): void {
  notifications.show({ message, color: "moss", autoClose: 4000, withBorder: true });
}

/** A write failed and no form is there to say it. */
export function announceProblem(error: unknown): void {
  notifications.show({ message: sentenceOf(error), color: "rust", autoClose: 12_000, withBorder: true });
}
