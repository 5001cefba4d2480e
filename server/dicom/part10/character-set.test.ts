import { describe, expect, it } from 'vitest'
import { decodeText } from './character-set.ts'

/** Bytes as hexadecimal digits, quoted ASCII, and `ESC`. */
const bytesOf = (notation: string) =>
  Buffer.concat(
    (notation.match(/'[^']*'|ESC|[0-9a-f]{2}/g) ?? []).map((part) => {
      if (part === 'ESC') return Buffer.of(0x1b)
      return part.startsWith("'")
        ? Buffer.from(part.slice(1, -1), 'latin1')
        : Buffer.from(part, 'hex')
    }),
  )

describe('decodeText', () => {
  // Most are the examples of PS3.5 Annexes H to K.
  it.each([
    ['', "'Okonkwo^Maren '", 'Okonkwo^Maren'],
    ['ISO_IR 100', "'Buc^J' e9 'r' f4 'me'", 'Buc^Jérôme'],
    ['ISO_IR 101', "'Wa' b3 ea 'sa^Lech'", 'Wałęsa^Lech'],
    ['ISO_IR 144', 'bb ee da e1 d5 dc d1 e3 e0 d3', 'Люксембург'],
    ['ISO_IR 126', 'c4 e9 ef ed f5 f3 e9 ef f2', 'Διονυσιος'],
    ['ISO_IR 127', "e2 c8 c7 e6 ea '^' e4 e6 d2 c7 d1", 'قباني^لنزار'],
    ['ISO_IR 138', "f9 f8 e5 ef '^' e3 e1 e5 f8 e4", 'שרון^דבורה'],
    ['ISO_IR 13', "d4 cf c0 de '^' c0 db b3", 'ﾔﾏﾀﾞ^ﾀﾛｳ'],
    ['ISO_IR 166', 'ca c1 aa d2 c2', 'สมชาย'],
    ['ISO_IR 192', "'Wang^XiaoDong=' e7 8e 8b '^' e5 b0 8f e4 b8 9c", 'Wang^XiaoDong=王^小东'],
    ['GB18030', "'Wang^XiaoDong=' cd f5 '^' d0 a1 b6 ab", 'Wang^XiaoDong=王^小东'],
    [
      '\\ISO 2022 IR 87',
      "'Yamada^Tarou=' ESC '$B;3ED' ESC '(B^' ESC '$BB@O:' ESC '(B=' ESC '$B$d$^$@' ESC '(B^' ESC '$B$?$m$&' ESC '(B'",
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
    ],
    [
      'ISO 2022 IR 13\\ISO 2022 IR 87',
      "d4 cf c0 de '^' c0 db b3 '=' ESC '$B;3ED' ESC '(J^' ESC '$BB@O:' ESC '(J=' ESC '$B$d$^$@' ESC '(J^' ESC '$B$?$m$&' ESC '(J'",
      'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
    ],
    ['\\ISO 2022 IR 159', "ESC '$(D' 30 21 ESC '(B'", '丂'],
    [
      '\\ISO 2022 IR 149',
      "'Hong^Gildong=' ESC '$)C' fb f3 '^' ESC '$)C' d1 ce d4 d7 '=' ESC '$)C' c8 ab '^' ESC '$)C' b1 e6 b5 bf",
      'Hong^Gildong=洪^吉洞=홍^길동',
    ],
    ['\\ISO 2022 IR 149', "'Hong=' fb f3 '^' d1 ce d4 d7", 'Hong=洪^吉洞'],
    [
      '\\ISO 2022 IR 58',
      "'Zhang^XiaoDong=' ESC '$)A' d5 c5 '^' ESC '$)A' d0 a1 b6 ab '='",
      'Zhang^XiaoDong=张^小东=',
    ],
    ['ISO 2022 IR 100\\ISO 2022 IR 144', "'J' f4 '^' ESC '-L' bb ee da '^J' f4", 'Jô^Люк^Jô'],
  ])('[OUT-1] %s: %s', (characterSet, notation, text) => {
    expect(decodeText(bytesOf(notation), characterSet)).toBe(text)
  })

  it.each([
    ['ISO 2022 IR 6\\ISO 2022 IR 87', "ESC '$B' 3b"],
    ['', 'ESC'],
    ['', "ESC '$'"],
    ['ISO_IR 192', 'ff fe c3'],
    ['GB18030', '81'],
    ['constructor\\__proto__', "ESC 'constructor' e9"],
    ['\\'.repeat(1000), 'e9'],
    ['ISO 2022 IR 149', "ESC '$)C' fb ESC '(Z' f3"],
  ])('never throws at what is cut or hostile: %s %s', (characterSet, notation) => {
    expect(decodeText(bytesOf(notation), characterSet)).toEqual(expect.any(String))
  })

  it('an unknown set or escape sequence changes nothing but itself', () => {
    expect(decodeText(bytesOf("'M' fc 'ller'"), 'ISO_IR 9999')).toBe('Müller')
    expect(decodeText(bytesOf("'Ok' ESC '(Z' 'onkwo'"), '')).toBe('Okonkwo')
  })
})
