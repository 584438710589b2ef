import { SegmentedControl, type SegmentedControlProps } from "@mantine/core";

/**
 * A choice of a few views. Chosen with the pointer it gives the focus back, so that the arrow keys go on moving
 * through the page; chosen with the keyboard it keeps it, and the arrows go on choosing.
 */
export function Segments<Value extends string>(props: SegmentedControlProps<Value>) {
  return (
    <SegmentedControl
      {...props}
      onPointerUp={(event) => {
        const control = event.currentTarget;
        // The choice itself, and with it the focus, comes with the click that follows.
        window.setTimeout(() => {
          const { activeElement } = document;
          if (activeElement instanceof HTMLElement && control.contains(activeElement)) activeElement.blur();
        });
      }}
    />
  );
}
