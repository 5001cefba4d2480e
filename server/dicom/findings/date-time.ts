const two = (n: number) => `${n}`.padStart(2, '0')

/** DA (PS3.5 6.2) in this machine's time zone, as the hospital's other equipment writes it. */
export function dicomDate(atMs: number): string {
  const at = new Date(atMs)
  return `${`${at.getFullYear()}`.padStart(4, '0')}${two(at.getMonth() + 1)}${two(at.getDate())}`
}

/** TM, whole seconds. */
export function dicomTime(atMs: number): string {
  const at = new Date(atMs)
  return `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`
}

/** DT without an offset from UTC, which readers in use refuse inside a report: local, as the others. */
export const dicomDateTime = (atMs: number): string => `${dicomDate(atMs)}${dicomTime(atMs)}`
