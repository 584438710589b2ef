import { Button, Group } from "@mantine/core";
import { type ReactNode, type SyntheticEvent, useEffect, useRef } from "react";
import classes from "./ActionForm.module.css";
import { FormProblem } from "./FormProblem";
import type { Refusal } from "./refusal";

/** What a form needs of the write it stands for (a mutation of TanStack Query is one). */
export interface Action {
  readonly error: unknown;
  readonly isPending: boolean;
  readonly mutate: () => void;
  readonly reset: () => void;
}

/**
 * A form that ends in one write, by its button or by Ctrl+Enter from any field. What the server refuses stands beside the field it is about, which gets the
 * focus, or above the buttons; it goes away with the next change.
 */
export function ActionForm({
  action,
  refusal,
  confirm,
  isReady = true,
  isDangerous = false,
  onCancel,
  children,
}: {
  action: Action;
  /** Where the fields take their sentences from; without it everything stands above the buttons. */
  refusal?: Refusal | null;
  /** What the button that does it says. */
  confirm: string;
  isReady?: boolean;
  isDangerous?: boolean;
  onCancel?: () => void;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const { error } = action;
  useEffect(() => {
    // A form that comes into its dialog late, with what it is about, gets the focus that the dialog could not give it.
    const first = form.current?.closest("[role=dialog]") && form.current.querySelector<HTMLElement>("[data-autofocus]");
    if (first && form.current?.contains(document.activeElement) === false) first.focus();
  }, []);
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [error]);
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (isReady && !action.isPending) action.mutate();
  }
  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={submit}
      onKeyDownCapture={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        // Before the field it is pressed in: a choice would open its list.
        event.stopPropagation();
        submit(event);
      }}
      onChange={() => {
        if (error !== null) action.reset();
      }}
    >
      {children}
      <FormProblem error={error} refusal={refusal} />
      <Group className={classes.buttons} justify="flex-end" gap="xs">
        {onCancel !== undefined && (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button type="submit" loading={action.isPending} disabled={!isReady} color={isDangerous ? "rust" : undefined}>
          {confirm}
        </Button>
      </Group>
    </form>
  );
}
