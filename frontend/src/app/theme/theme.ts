import { createTheme } from "@mantine/core";
import { moss, night, ochre, petrol, plum, rust, sand } from "./colors";

const sans =
  '"Atkinson Hyperlegible Next Variable", "Noto Sans Arabic Variable", "Noto Sans Hebrew Variable", "Noto Sans Devanagari Variable", "Noto Sans SC Variable", system-ui, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", "Noto Emoji Variable", sans-serif';
const serif = '"Literata Variable", "Noto Sans Arabic Variable", "Noto Sans Hebrew Variable", Georgia, serif';
const mono = '"Atkinson Hyperlegible Mono Variable", ui-monospace, monospace';

const controlHeight = { xs: "28px", sm: "32px", md: "36px", lg: "42px" } as const;
const controlFont = { xs: "12.5px", sm: "14px", md: "14px", lg: "16px" } as const;

function controlSize(size: unknown): keyof typeof controlHeight {
  return size === "xs" || size === "md" || size === "lg" ? size : "sm";
}

const inputDefaults = { size: "sm", radius: "sm" } as const;
const buttonPadding = { xs: "10px", sm: "14px", md: "16px", lg: "20px" } as const;

/** Components are configured by name, so that a page loads only those it draws. */
export const theme = createTheme({
  colors: { gray: sand, dark: night, petrol, ochre, rust, moss, plum, red: rust, green: moss, yellow: ochre, blue: petrol },
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 6 },
  white: "#fffefb",
  black: "#1d1c19",
  fontFamily: sans,
  fontFamilyMonospace: mono,
  headings: {
    fontFamily: serif,
    fontWeight: "560",
    sizes: {
      h1: { fontSize: "26px", lineHeight: "1.2" },
      h2: { fontSize: "19px", lineHeight: "1.3" },
      h3: { fontSize: "16px", lineHeight: "1.35" },
      h4: { fontSize: "14px", lineHeight: "1.4" },
    },
  },
  fontSizes: { xs: "12.5px", sm: "14px", md: "15px", lg: "17px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "36px" },
  radius: { xs: "3px", sm: "5px", md: "8px", lg: "12px", xl: "20px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  autoContrast: false,
  components: {
    Button: {
      defaultProps: { size: "sm" },
      vars: (_theme: unknown, props: { size?: unknown }) => ({
        root: {
          "--button-height": controlHeight[controlSize(props.size)],
          "--button-fz": controlFont[controlSize(props.size)],
          "--button-padding-x": buttonPadding[controlSize(props.size)],
        },
      }),
    },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 32 } },
    TextInput: { defaultProps: inputDefaults },
    PasswordInput: { defaultProps: inputDefaults },
    NumberInput: { defaultProps: inputDefaults },
    Select: { defaultProps: { ...inputDefaults, checkIconPosition: "right" } },
    MultiSelect: { defaultProps: { ...inputDefaults, checkIconPosition: "right" } },
    Textarea: { defaultProps: { ...inputDefaults, autosize: true, minRows: 2 } },
    Checkbox: { defaultProps: { size: "sm", radius: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Paper: { defaultProps: { radius: "md" } },
    Table: { defaultProps: { verticalSpacing: "7px", horizontalSpacing: "sm", fz: "sm" } },
    Tabs: { defaultProps: { keepMounted: false } },
    Badge: { defaultProps: { variant: "light", radius: "xs", tt: "none", fw: 560 } },
    Alert: { defaultProps: { variant: "light", radius: "md" } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: "xs" } },
    Menu: { defaultProps: { shadow: "md", radius: "md", position: "bottom-start" } },
    Modal: {
      defaultProps: {
        radius: "lg",
        centered: true,
        overlayProps: { color: "#101a1d", backgroundOpacity: 0.42 },
        padding: "lg",
        closeButtonProps: { "aria-label": "Close" },
        transitionProps: { duration: 120 },
      },
    },
    Drawer: {
      defaultProps: {
        position: "right",
        overlayProps: { color: "#101a1d", backgroundOpacity: 0.3 },
        padding: "lg",
        closeButtonProps: { "aria-label": "Close" },
        transitionProps: { duration: 140 },
      },
    },
  },
});
