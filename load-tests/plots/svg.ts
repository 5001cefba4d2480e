type Attributes = Readonly<Record<string, string | number>>

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '')

/** Markup that is put in as it is; anything else is text. */
export class Markup {
  readonly xml: string
  constructor(xml: string) {
    this.xml = xml
  }
}

type Child = Markup | string

/** One SVG element. Numbers are rounded to a hundredth of a pixel. */
export function element(name: string, attributes: Attributes, ...children: Child[]): Markup {
  const head = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(inShort(value))}"`)
    .join('')
  const body = children.map((child) => (child instanceof Markup ? child.xml : escaped(child)))
  return new Markup(`<${name}${head}>${body.join('')}</${name}>`)
}

const inShort = (value: string | number) =>
  typeof value === 'number' ? `${Math.round(value * 100) / 100}` : value
