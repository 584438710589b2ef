import { Textarea } from "@mantine/core";
import { useRef } from "react";
import { Prose } from "@/ui/Prose";
import classes from "./ProseField.module.css";

/**
 * A passage of markdown: as readers see it, until it has the focus; then as it is written, with the preview below.
 * The field itself is always there, so Tab, search and screen readers find it.
 */
export function ProseField({
  label,
  hint,
  value,
  onChange,
  size = "body",
}: {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
  size?: "body" | "small";
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <div
      className={classes.field}
      data-empty={value === "" || undefined}
      data-size={size}
      onMouseDown={(event) => {
        if (event.target === field.current || document.activeElement === field.current) return;
        event.preventDefault();
        field.current?.focus();
      }}
    >
      <div className={classes.writing}>
        <Textarea
          ref={field}
          variant="unstyled"
          aria-label={label}
          placeholder={hint}
          minRows={1}
          maxLength={20_000}
          dir="auto"
          classNames={{ input: classes.input }}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            // Not into nothing: Tab goes on from here, and the block's keys still reach it.
            const passage = event.currentTarget.closest<HTMLElement>("[data-passage]");
            if (passage === null) event.currentTarget.blur();
            else passage.focus({ preventScroll: true });
          }}
        />
      </div>
      {value !== "" && (
        <div className={classes.preview} inert>
          <Prose text={value} size={size} />
        </div>
      )}
    </div>
  );
}
