import { Button, Menu } from "@mantine/core";
import { speeds } from "@/editor/time/shuttle";

/** How fast it plays, from a tenth to four times. */
export function SpeedMenu({ rate, onRate }: { rate: number; onRate: (rate: number) => void }) {
  return (
    <Menu position="top">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" aria-label={`Speed: ${rate} times`}>
          ×{rate}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Speed (− and +)</Menu.Label>
        {speeds.map((speed) => (
          <Menu.Item key={speed} onClick={() => onRate(speed)} fw={speed === rate ? 700 : undefined} aria-current={speed === rate || undefined}>
            ×{speed}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
