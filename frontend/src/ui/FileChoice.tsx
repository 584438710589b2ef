import { Button } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";
import { type Ref, useRef } from "react";

/**
 * A button that lets a person choose files. The same file can be chosen again: after correcting what it holds,
 * that is what people do.
 */
export function FileChoice({
  accept,
  icon: Icon,
  multiple = false,
  onChoose,
  ref,
  children,
}: {
  accept: string;
  icon: TablerIcon;
  multiple?: boolean;
  onChoose: (files: readonly File[]) => void;
  ref?: Ref<HTMLButtonElement>;
  /** What the button says. */
  children: string;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // A field that keeps its value tells nothing when the same file is chosen again.
          event.currentTarget.value = "";
          if (files.length > 0) onChoose(files);
        }}
      />
      <Button ref={ref} variant="default" leftSection={<Icon size={16} aria-hidden />} onClick={() => field.current?.click()}>
        {children}
      </Button>
    </>
  );
}
