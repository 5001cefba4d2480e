/** The five ways of doing things: in a headset by controllers or bare hands, on a page by the rest. */
export const devices = ['controller', 'hand', 'mouse', 'touch', 'key'] as const
export type Device = (typeof devices)[number]

export interface Action {
  readonly id: string
  readonly name: string
  /** What becomes of it, for everybody or for oneself. */
  readonly does: string
  /** What one does for it, on each device. */
  readonly by: Readonly<Record<Device, string>>
  /** As `useShortcuts` names keys; `by.key` says it to a person. */
  readonly shortcut?: string
}

const menu = (path: string) => ({ controller: `Menu: ${path}`, hand: `Menu: ${path}` })
const onPage = (control: string) => ({ mouse: control, touch: control })
/** By trigger or by pinch, after a way through the menu. */
const inHeadset = (path: string, gesture: string) => ({
  controller: `Menu: ${path}; then trigger: ${gesture}`,
  hand: `Menu: ${path}; then pinch: ${gesture}`,
})
const tool = (name: string, drag: string, key: string, headset: string) => ({
  controller: `Menu: Tools, ${name}; then trigger: ${headset}`,
  hand: `Menu: Tools, ${name}; then pinch: ${headset}`,
  mouse: `${name}, then ${drag}`,
  touch: `${name}, then ${drag}`,
  key,
})

/**
 * Everything that can be done in a conference, and how on each device: the only such table. The
 * help sheet reads it, the page's keys come from it, and a test does every one of its cells.
 */
export const actions = [
  {
    id: 'turn',
    name: 'Turn the volume',
    does: 'for everybody; who does not lead goes around it',
    by: {
      controller: 'Squeeze and turn your hand',
      hand: 'Pinch in the volume and turn your hand',
      mouse: 'Turn, then drag',
      touch: 'Turn, then drag',
      key: 'V, then arrows',
    },
    shortcut: 'V',
  },
  {
    id: 'move',
    name: 'Move the volume',
    does: 'for everybody; who does not lead shifts their own view',
    by: {
      controller: 'Squeeze and move your hand',
      hand: 'Pinch in the volume and move your hand',
      mouse: 'Move, then drag',
      touch: 'Move, then drag',
      key: 'M, then arrows',
    },
    shortcut: 'M',
  },
  {
    id: 'scale',
    name: 'Make it larger or smaller',
    does: 'for everybody; who does not lead comes nearer',
    by: {
      controller: 'Squeeze with both hands, apart or together',
      hand: 'Pinch with both hands, apart or together',
      mouse: 'Size, then drag up or down',
      touch: 'Size, then drag up or down',
      key: 'S, then up or down',
    },
    shortcut: 'S',
  },
  {
    id: 'life-size',
    name: 'Life size',
    does: 'a millimetre is a millimetre again, where it stands',
    by: { ...menu('Place, Life size'), ...onPage('View: Life size'), key: '1' },
    shortcut: '1',
  },
  {
    id: 'reset-view',
    name: 'Reset the view',
    does: 'place, window and planes as at the opening, for everybody',
    by: { ...menu('Place, Reset the view'), ...onPage('View: Reset the view'), key: 'Shift+R' },
    shortcut: 'SHIFT+R',
  },
  {
    id: 'laser',
    name: 'Point with the laser',
    does: 'it ends on the first tissue that can be seen',
    by: {
      controller: 'Menu: Tools, Laser; then aim',
      hand: 'Menu: Tools, Laser; then aim',
      mouse: 'Laser, then hover',
      touch: 'Laser, then press',
      key: 'L, then arrows',
    },
    shortcut: 'L',
  },
  {
    id: 'point',
    name: 'Leave a point',
    does: 'on the tissue, in the patient’s millimetres',
    by: tool('Point', 'press', 'P and Enter', 'on the tissue'),
    shortcut: 'P',
  },
  {
    id: 'arrow',
    name: 'Draw an arrow',
    does: 'its head on the tissue',
    by: tool('Arrow', 'drag its tail away', 'A and Enter', 'on the tissue, pull, let go'),
    shortcut: 'A',
  },
  {
    id: 'text',
    name: 'Write words',
    does: 'at a place of the tissue',
    by: tool('Text', 'press and type', 'T and Enter', 'on the tissue, then type'),
    shortcut: 'T',
  },
  {
    id: 'probe',
    name: 'Read a value',
    does: 'the stored value, at a place of the tissue',
    by: {
      ...inHeadset('Tools, Measure, Probe', 'on the tissue'),
      mouse: 'Probe, then press',
      touch: 'Probe, then press',
      key: 'I and Enter',
    },
    shortcut: 'I',
  },
  {
    id: 'length',
    name: 'Measure a length',
    does: 'in mm, from tissue to tissue or on a slice',
    by: {
      ...inHeadset('Tools, Measure, Length', 'from one end to the other'),
      mouse: 'Length, then drag',
      touch: 'Length, then drag',
      key: 'D and Enter',
    },
    shortcut: 'D',
  },
  {
    id: 'angle',
    name: 'Measure an angle',
    does: 'one arm, its vertex, the other arm',
    by: {
      ...inHeadset('Tools, Measure, Angle', 'along one arm, then at the end of the other'),
      mouse: 'Angle, then drag one arm and press',
      touch: 'Angle, then drag one arm and press',
      key: 'G and Enter',
    },
    shortcut: 'G',
  },
  {
    id: 'ellipse',
    name: 'Measure an ellipse',
    does: 'mean, SD, least, greatest and area, on a slice',
    by: {
      ...inHeadset('Slices, Axial; Tools, Measure, Ellipse', 'across it on the slice'),
      mouse: 'Ellipse, then drag on a slice',
      touch: 'Pane Axial; Ellipse, then drag on a slice',
      key: 'O, then Enter, arrows and Enter on a slice',
    },
    shortcut: 'O',
  },
  {
    id: 'freehand',
    name: 'Measure an outline',
    does: 'the same, of what is drawn around on a slice',
    by: {
      ...inHeadset('Slices, Axial; Tools, Measure, Outline', 'around it on the slice'),
      mouse: 'Outline, then draw around it on a slice',
      touch: 'Pane Axial; Outline, then draw around it on a slice',
      key: 'U, then Enter at each corner on a slice',
    },
    shortcut: 'U',
  },
  {
    id: 'undo',
    name: 'Take back your last mark',
    does: 'or put back what you deleted',
    by: {
      controller: 'B or Y',
      hand: 'Menu: Marks, Undo',
      ...onPage('Marks: Take back'),
      key: 'Ctrl+Z',
    },
    shortcut: 'CTRL+Z',
  },
  {
    id: 'redo',
    name: 'Do it again',
    does: 'what you took back',
    by: { ...menu('Marks, Redo'), ...onPage('Marks: Put it back'), key: 'Ctrl+Shift+Z' },
    shortcut: 'CTRL+SHIFT+Z',
  },
  {
    id: 'clip',
    name: 'Cut by a plane',
    does: 'for everybody',
    by: tool('Clip', 'drag', 'C, then arrows', 'the plane is in your hand until you let go'),
    shortcut: 'C',
  },
  {
    id: 'add-plane',
    name: 'Cut through the middle',
    does: 'by an axial, coronal or sagittal plane',
    by: {
      ...menu('Look, Planes, Sagittal'),
      ...onPage('View: Add sagittal'),
      key: 'Shift+S, Shift+A, Shift+C',
    },
  },
  {
    id: 'flip-plane',
    name: 'Keep the other side',
    does: 'of the last plane',
    by: { ...menu('Look, Planes, Flip'), ...onPage('View: Flip'), key: 'Shift+F' },
    shortcut: 'SHIFT+F',
  },
  {
    id: 'remove-plane',
    name: 'Remove a plane',
    does: 'the last one, by key',
    by: { ...menu('Look, Planes, Remove'), ...onPage('View: Remove'), key: 'Shift+X' },
    shortcut: 'SHIFT+X',
  },
  {
    id: 'window',
    name: 'Set the window',
    does: 'width across, centre up and down',
    by: {
      ...menu('Look, Window, Wider'),
      mouse: 'Right drag, or Window and drag',
      touch: 'Window, then drag',
      key: 'W, then arrows',
    },
    shortcut: 'W',
  },
  {
    id: 'preset',
    name: 'Choose a preset',
    does: 'tissue, bone, lung and their like',
    by: { ...menu('Look, Preset, Bone'), ...onPage('View: Bone'), key: 'N for the next one' },
    shortcut: 'N',
  },
  {
    id: 'named-window',
    name: 'Set a window by name',
    does: 'lung, bone, brain and their like, in HU',
    by: { ...menu('Look, Window, Lung'), ...onPage('View: Window Lung'), key: '3, and 2 to 8' },
  },
  {
    id: 'curve',
    name: 'Put back the preset’s curve',
    does: 'a curve is drawn on the page alone',
    by: {
      ...menu('Look, Preset, Own curve'),
      ...onPage('View: Reset the curve'),
      key: 'Tab to Reset the curve, Enter',
    },
  },
  {
    id: 'mode',
    name: 'Choose the rendering',
    does: 'composite, MIP, MinIP or a surface',
    by: { ...menu('Look, Mode, MIP'), ...onPage('View: MIP'), key: 'Shift+M for the next one' },
    shortcut: 'SHIFT+M',
  },
  {
    id: 'crop-box',
    name: 'Crop to a box',
    does: 'on or off; its handles are dragged on the page',
    by: { ...menu('Look, Crop box'), ...onPage('View: Crop box'), key: 'Shift+B' },
  },
  {
    id: 'segments',
    name: 'Show the segments',
    does: 'all, or each by itself; hides them again',
    by: { ...menu('Look, Segments, Show all'), ...onPage('View: Show all'), key: 'Shift+G' },
  },
  {
    id: 'explode',
    name: 'Move segments apart',
    does: 'and back into their places',
    by: {
      ...menu('Look, Segments, Move apart'),
      ...onPage('View: Moved apart'),
      key: 'Shift+E',
    },
    shortcut: 'SHIFT+E',
  },
  {
    id: 'compare',
    name: 'Compare with another series',
    does: 'a prior or one of this case, beside the volume',
    by: {
      ...menu('Look, Prior, a prior'),
      ...onPage('View: Compare with'),
      key: 'Tab to Compare with, Enter, Enter',
    },
  },
  {
    id: 'blend',
    name: 'Lay the prior over the volume',
    does: 'blended, or beside it again',
    by: {
      ...menu('Look, Prior, Blended'),
      ...onPage('View: Blended'),
      key: 'Tab to Beside, right arrow, Enter',
    },
  },
  {
    id: 'scroll',
    name: 'Go through the slices',
    does: 'the other planes’ crosshair goes along',
    by: {
      controller: 'Menu: Slices, Axial; then thumbstick: at the slice, towards you',
      hand: 'Menu: Slices, Axial; Slices, Step, Next slice',
      mouse: 'Wheel on a slice',
      touch: 'Pane Axial; two fingers up or down',
      key: 'Page Down on a slice',
    },
  },
  {
    id: 'crosshair',
    name: 'Move the crosshair',
    does: 'where all slices meet',
    by: {
      ...inHeadset('Slices, Axial; Tools, Volume, Turn', 'a place on the slice'),
      mouse: 'Turn, then press on a slice',
      touch: 'Pane Axial; Turn, then press on a slice',
      key: 'Page Down on each slice',
    },
  },
  {
    id: 'slab',
    name: 'Thicken the slices',
    does: 'average, MIP or MinIP over so many mm',
    by: {
      ...menu('Slices, Slab, 10 mm'),
      mouse: 'Slices: 10 mm',
      touch: 'Pane Axial; Slices: 10 mm',
      key: 'Tab to Slices:, Enter, Tab to Slab thickness, 10',
    },
  },
  {
    id: 'oblique',
    name: 'Turn the oblique slice',
    does: 'by its handles on the page, by holding it at its place in a headset',
    by: {
      ...menu('Slices, Step, Tilt'),
      mouse: 'Slices: tilt 15°',
      touch: 'Pane Axial; Slices: tilt 15°',
      key: 'Tab to Slices:, Enter, Tab to Oblique tilt, 15',
    },
  },
  {
    id: 'take-lead',
    name: 'Take the lead',
    does: 'an attending may, at any time',
    by: { ...menu('People, Take the lead'), ...onPage('People: Take the lead'), key: 'Shift+L' },
    shortcut: 'SHIFT+L',
  },
  {
    id: 'hand-over',
    name: 'Hand over the lead',
    does: 'to an attending or a resident',
    by: {
      ...menu('People, a person, Hand over'),
      ...onPage('People: Hand over'),
      key: 'Tab to Hand over, Enter',
    },
  },
  {
    id: 'raise-hand',
    name: 'Raise or lower your hand',
    does: 'everybody sees who wants a word',
    by: { ...menu('People, Raise your hand'), ...onPage('People: Raise your hand'), key: 'H' },
    shortcut: 'H',
  },
  {
    id: 'microphone',
    name: 'Microphone',
    does: 'a press opens or closes it, holding talks while held',
    by: {
      controller: 'A or X',
      hand: 'Menu: Microphone',
      mouse: 'Microphone',
      touch: 'Mic',
      key: 'K',
    },
    shortcut: 'K',
  },
  {
    id: 'mute',
    name: 'Mute a person',
    does: 'an attending may; they can speak up again',
    by: {
      ...menu('People, a person, Mute'),
      ...onPage('People: Mute'),
      key: 'Tab to Mute, Enter',
    },
  },
  {
    id: 'mute-all',
    name: 'Mute everybody else',
    does: 'an attending may; they can speak up again',
    by: { ...menu('People, Mute all'), ...onPage('People: Mute all'), key: 'Shift+K' },
    shortcut: 'SHIFT+K',
  },
  {
    id: 'share-view',
    name: 'Share your view',
    does: 'as video, for whoever cannot draw the volume',
    by: {
      ...menu('People, Share your view'),
      mouse: 'Share your view',
      touch: 'More: Share your view',
      key: 'B',
    },
    shortcut: 'B',
  },
  {
    id: 'own-place',
    name: 'Go around by yourself',
    does: 'nobody else is moved',
    by: {
      controller: 'Thumbstick forward to go, aside to turn',
      hand: 'Menu: Place, Turn left; Place, Go there and pinch at the floor',
      mouse: 'Alt and drag; wheel; middle drag',
      touch: 'Two fingers',
      key: 'Alt and arrows, + and −',
    },
  },
  {
    id: 'own-home',
    name: 'Back to where you began',
    does: 'your own place or camera; nobody else’s',
    by: { ...menu('Place, Recentre'), ...onPage('My camera'), key: '0' },
    shortcut: '0',
  },
  {
    id: 'leave',
    name: 'Leave',
    does: 'the headset first, then the conference; the others stay',
    by: { ...menu('Leave'), ...onPage('Leave'), key: 'E in a headset; Tab to Leave, Enter' },
  },
] as const satisfies readonly Action[]

export type ActionId = (typeof actions)[number]['id']
export type ShortcutId = Extract<(typeof actions)[number], { shortcut: string }>['id']
